package krunner;

/** What {@code Runtime.getRuntime()} is in a session; see {@link Jvm}. */
final class ExitCatcher extends RuntimeStandIn {
  @Override
  public void exit(int status) {
    UserCode.exit(status);
  }

  @Override
  public void halt(int status) {
    UserCode.exit(status);
  }
}

/** In the place of java.lang.Runtime, whose only constructor is private, while {@code ExitCatcher} is compiled. */
abstract class RuntimeStandIn {
  public abstract void exit(int status);

  public abstract void halt(int status);
}
