package krunner;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Rewrites the compiled class java.lang.Runtime: exit() and halt() become {@code Shutdown.halt0(status & 255 | 256);
 * Shutdown.exit(status);}. The first is a native method which our library has taken over: it throws, unless we exit
 * ourselves. Of a class file it knows what it passes by, and adds what it needs at the end of the constants.
 */
final class ExitRewriter {
  private static final int UTF8 = 1;
  private static final int LONG = 5;
  private static final int DOUBLE = 6;
  private static final int CLASS = 7;
  private static final int METHOD = 10;
  private static final int NAME_AND_TYPE = 12;
  /** How many bytes a constant has, by its tag; of text it says so itself. */
  private static final int[] SIZES = {0, 0, 0, 4, 4, 8, 8, 2, 2, 4, 4, 4, 4, 0, 0, 3, 2, 4, 4, 2, 2};

  private final DataInputStream in;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);
  private String[] texts;

  private ExitRewriter(byte[] compiled) {
    this.in = new DataInputStream(new ByteArrayInputStream(compiled));
  }

  static byte[] rewrite(byte[] compiled) throws IOException {
    ExitRewriter rewriter = new ExitRewriter(compiled);
    rewriter.copy(8);
    int constants = rewriter.constants();
    rewriter.copy(6);
    rewriter.copy(2 * rewriter.copyCount());
    for (int fields = rewriter.copyCount(); fields > 0; fields--) rewriter.copyMember();
    for (int methods = rewriter.copyCount(); methods > 0; methods--) rewriter.method(constants);
    rewriter.copy(rewriter.in.available());
    return rewriter.bytes.toByteArray();
  }

  private void copy(int length) throws IOException {
    byte[] part = new byte[length];
    in.readFully(part);
    out.write(part);
  }

  private int copyCount() throws IOException {
    int count = in.readUnsignedShort();
    out.writeShort(count);
    return count;
  }

  /** The number of the first of ours. */
  private int constants() throws IOException {
    int count = in.readUnsignedShort();
    texts = new String[count];
    out.writeShort(count + 10);
    for (int i = 1; i < count; i++) {
      int tag = in.readUnsignedByte();
      out.writeByte(tag);
      if (tag == UTF8) out.writeUTF(texts[i] = in.readUTF());
      else copy(SIZES[tag]);
      if (tag == LONG || tag == DOUBLE) i++;
    }
    add(count);
    return count;
  }

  private void add(int first) throws IOException {
    text("java/lang/Shutdown");
    pair(CLASS, first, -1);
    text("(I)V");
    text("halt0");
    pair(NAME_AND_TYPE, first + 3, first + 2);
    pair(METHOD, first + 1, first + 4);
    text("exit");
    pair(NAME_AND_TYPE, first + 6, first + 2);
    pair(METHOD, first + 1, first + 7);
    text("Code");
  }

  private void text(String text) throws IOException {
    out.writeByte(UTF8);
    out.writeUTF(text);
  }

  private void pair(int tag, int one, int other) throws IOException {
    out.writeByte(tag);
    out.writeShort(one);
    if (other >= 0) out.writeShort(other);
  }

  private void copyMember() throws IOException {
    copy(6);
    for (int attributes = copyCount(); attributes > 0; attributes--) copyAttribute();
  }

  private void copyAttribute() throws IOException {
    copy(2);
    int length = in.readInt();
    out.writeInt(length);
    copy(length);
  }

  private void method(int constants) throws IOException {
    copy(2);
    String name = texts[copyCount()];
    String type = texts[copyCount()];
    boolean isExit = (name.equals("exit") || name.equals("halt")) && type.equals("(I)V");
    int attributes = in.readUnsignedShort();
    out.writeShort(isExit ? 1 : attributes);
    for (int i = 0; i < attributes; i++)
      if (isExit) skipAttribute();
      else copyAttribute();
    if (isExit) code(constants);
  }

  private void skipAttribute() throws IOException {
    in.skipBytes(2);
    in.skipBytes(in.readInt());
  }

  private void code(int constants) throws IOException {
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    DataOutputStream to = new DataOutputStream(code);
    to.writeByte(0x1b); // iload_1
    to.writeByte(0x11); // sipush
    to.writeShort(255);
    to.writeByte(0x7e); // iand
    to.writeByte(0x11); // sipush
    to.writeShort(256);
    to.writeByte(0x80); // ior
    to.writeByte(0xb8); // invokestatic
    to.writeShort(constants + 5);
    to.writeByte(0x1b); // iload_1
    to.writeByte(0xb8); // invokestatic
    to.writeShort(constants + 8);
    to.writeByte(0xb1); // return
    out.writeShort(constants + 9);
    out.writeInt(12 + code.size());
    out.writeShort(2); // stack
    out.writeShort(2); // this, and the status
    out.writeInt(code.size());
    code.writeTo(out);
    out.writeInt(0); // no handlers, no attributes
  }
}
