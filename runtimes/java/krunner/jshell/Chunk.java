package krunner.jshell;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Kind;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/** A piece of a cell that JShell takes as one snippet, and where in the cell it begins. */
final class Chunk {
  /** A statement without its semicolon is looked for in this many lines. */
  private static final int LINES = 20;
  private static final Set<Kind> DECLARATIONS = EnumSet.of(Kind.IMPORT, Kind.METHOD, Kind.TYPE_DECL);

  final String source;
  final int start;
  /** False where it cannot be compiled: it is the rest of the cell then. */
  final boolean isWhole;

  private Chunk(String source, int start, boolean isWhole) {
    this.source = source;
    this.start = start;
    this.isWhole = isWhole;
  }

  /** The pieces of a cell in their order. Only the last can be broken. */
  static List<Chunk> split(SourceCodeAnalysis analysis, String cell) {
    List<Chunk> chunks = new ArrayList<>();
    for (int start = 0; start < cell.length(); ) {
      int end = endOfPart(analysis, cell, start);
      CompletionInfo found = analysis.analyzeCompletion(cell.substring(start, end));
      boolean isWhole = isWhole(found);
      if (isWhole) chunks.add(new Chunk(found.source(), start, true));
      else if (found.completeness() != Completeness.EMPTY) {
        chunks.add(new Chunk(cell.substring(start), start, false));
        return chunks;
      }
      start = isWhole ? end - found.remaining().length() : end;
    }
    return chunks;
  }

  /** The cell's end; or, as JShell's own loop reads it, that of a line which is a statement but for its semicolon. */
  private static int endOfPart(SourceCodeAnalysis analysis, String cell, int start) {
    if (analysis.analyzeCompletion(cell.substring(start)).completeness() != Completeness.UNKNOWN)
      return cell.length();
    int end = cell.indexOf('\n', start);
    for (int line = 0; end >= 0 && line < LINES; end = cell.indexOf('\n', end + 1), line++)
      if (isWhole(analysis.analyzeCompletion(cell.substring(start, end)))) return end;
    return cell.length();
  }

  /** Whether it is a declaration that others in the cell can need before it is their turn. */
  boolean declares(SourceCodeAnalysis analysis) {
    for (Snippet snippet : analysis.sourceToSnippets(source))
      if (DECLARATIONS.contains(snippet.kind())) return true;
    return false;
  }

  private static boolean isWhole(CompletionInfo found) {
    Completeness completeness = found.completeness();
    return completeness == Completeness.COMPLETE || completeness == Completeness.COMPLETE_WITH_SEMI;
  }
}
