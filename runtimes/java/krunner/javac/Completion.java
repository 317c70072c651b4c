package krunner.javac;

import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Suggests names that cells have declared, and members of variables and types. */
final class Completion {
  private static final Pattern WORD = Pattern.compile("(?:(\"|[\\w$]+(?:\\.[\\w$]+)*)\\.)?([\\w$]*)$");

  private final Names names;
  private final Compiler compiler;

  Completion(Names names, Compiler compiler) {
    this.names = names;
    this.compiler = compiler;
  }

  List<String> complete(String before) {
    Matcher word = WORD.matcher(before);
    if (!word.find()) return Collections.emptyList();
    String owner = word.group(1);
    TreeSet<String> found = new TreeSet<>();
    for (String name : owner == null ? declared() : members(owner)) if (name.startsWith(word.group(2))) found.add(name);
    String head = owner == null ? "" : owner.equals("\"") ? "." : owner + '.';
    List<String> suggestions = new ArrayList<>();
    for (String name : found) suggestions.add(head + name);
    return suggestions;
  }

  private List<String> declared() {
    List<String> found = new ArrayList<>();
    names.declared().values().forEach(each -> {
      boolean isMethod = each.kind == Piece.Kind.METHOD;
      found.add(isMethod ? each.declaration.name + '(' : each.declaration.name);
    });
    return found;
  }

  private List<String> members(String owner) {
    if (owner.equals("\"")) return members(String.class, false);
    Unit unit = names.ownerOf("variable " + owner);
    if (unit != null) return members(typeOf(unit, owner), false);
    Class<?> type = typeNamed(owner);
    return type == null ? Collections.emptyList() : members(type, true);
  }

  private static List<String> members(Class<?> type, boolean isStatic) {
    List<String> found = new ArrayList<>();
    for (Method each : type.getMethods()) if (isStatic(each) == isStatic) found.add(each.getName() + '(');
    for (Field each : type.getFields()) if (isStatic(each) == isStatic) found.add(each.getName());
    return found;
  }

  private static boolean isStatic(Member member) {
    return Modifier.isStatic(member.getModifiers());
  }

  /** Of the variable's value, where it has one. */
  private Class<?> typeOf(Unit unit, String variable) {
    try {
      Field field = compiler.load(unit.fullName()).getField(variable);
      Object value = field.get(null);
      return value == null || field.getType().isPrimitive() ? field.getType() : value.getClass();
    } catch (ReflectiveOperationException never) {
      return Object.class;
    }
  }

  /** Declared in a cell, imported, or by its whole name; else null. */
  private Class<?> typeNamed(String name) {
    List<String> candidates = new ArrayList<>(Arrays.asList(name, "java.lang." + name));
    Unit unit = names.ownerOf("type " + name);
    if (unit != null) candidates.add(0, unit.fullName() + '$' + name);
    for (String each : names.imports()) {
      String imported = each.replaceAll("^import\\s+|\\s*;.*$", "");
      if (imported.endsWith(".*")) candidates.add(imported.replace("*", name));
      if (imported.endsWith('.' + name)) candidates.add(imported);
    }
    for (String candidate : candidates)
      try {
        return compiler.load(candidate);
      } catch (ClassNotFoundException | LinkageError another) {
        // The next one, then.
      }
    return null;
  }
}
