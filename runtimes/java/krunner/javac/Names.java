package krunner.javac;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What cells have declared and imported. */
final class Names {
  private static final String[] IMPORTS = {
    "java.io", "java.math", "java.net", "java.nio.file", "java.util", "java.util.concurrent",
    "java.util.function", "java.util.prefs", "java.util.regex", "java.util.stream",
  };

  /** By its key, where each was declared last. */
  private final Map<String, Unit> owners = new LinkedHashMap<>();
  private final Map<String, Piece> pieces = new LinkedHashMap<>();
  private final Set<String> imports = new LinkedHashSet<>();

  Names() {
    for (String name : IMPORTS) imports.add("import " + name + ".*;");
  }

  /** The unit that has declared it before, or null. */
  Unit add(Piece piece, Unit unit) {
    pieces.put(piece.declaration.key, piece);
    return owners.put(piece.declaration.key, unit);
  }

  void importAll(Unit unit) {
    for (Piece piece : unit.pieces)
      if (piece.kind == Piece.Kind.IMPORT) imports.add(unit.cell.source.substring(piece.start, piece.end).trim());
  }

  /** Imports for a cell: those of the user's, and the names that it may mean. */
  String head(String cell) {
    Set<String> lines = new LinkedHashSet<>(imports);
    owners.forEach((key, unit) -> {
      String name = pieces.get(key).declaration.name;
      if (cell.contains(name)) lines.add("import static " + unit.fullName() + '.' + name + ';');
    });
    return lines.stream().collect(Collectors.joining("\n", "", "\n"));
  }

  Map<String, Piece> declared() {
    return pieces;
  }

  Unit ownerOf(String key) {
    return owners.get(key);
  }

  Set<String> imports() {
    return imports;
  }
}
