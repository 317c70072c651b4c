package krunner.jshell;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Kind;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** A piece of a cell that JShell takes as one snippet, and where in the cell it begins. */
final class Chunk {
  private static final Set<Kind> DECLARATIONS = EnumSet.of(Kind.IMPORT, Kind.METHOD, Kind.TYPE_DECL);

  final String source;
  final int start;
  /** False where it ends before it is whole: it is the rest of the cell then. */
  final boolean isWhole;

  private Chunk(String source, int start, boolean isWhole) {
    this.source = source;
    this.start = start;
    this.isWhole = isWhole;
  }

  /** The pieces of the cell from there on, in their order. Only the last can be unfinished. */
  static List<Chunk> split(SourceCodeAnalysis analysis, String cell, int from) {
    List<Chunk> chunks = new ArrayList<>();
    for (int start = from; start < cell.length(); ) {
      String rest = cell.substring(start);
      CompletionInfo found = analysis.analyzeCompletion(rest);
      switch (found.completeness()) {
        case EMPTY:
          return chunks;
        case COMPLETE:
        case COMPLETE_WITH_SEMI:
          chunks.add(new Chunk(found.source(), start, true));
          break;
        default:
          chunks.add(new Chunk(rest, start, false));
          return chunks;
      }
      start = cell.length() - found.remaining().length();
    }
    return chunks;
  }

  /** What stands before that place, as a statement. */
  Chunk statementTo(int end) {
    return new Chunk(source.substring(0, end) + ';', start, true);
  }

  /** The same, a line further down: the compiled class is another one then. */
  Chunk shifted() {
    return new Chunk('\n' + source, start - 1, isWhole);
  }

  /** Whether it is a declaration that others in the cell can need before it is their turn. */
  boolean declares(SourceCodeAnalysis analysis) {
    for (Snippet snippet : analysis.sourceToSnippets(source))
      if (DECLARATIONS.contains(snippet.kind())) return true;
    return false;
  }
}
