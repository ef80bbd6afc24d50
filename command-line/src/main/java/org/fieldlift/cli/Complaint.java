package org.fieldlift.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystemException;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.DiskTrouble;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/// Tells a person what went wrong: what happened, to what, and what to do next. A stack trace is
/// only for defects of ours, and only when `FIELDLIFT_DEBUG` is set.
final class Complaint implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (System.getenv("FIELDLIFT_DEBUG") != null) thrown.printStackTrace(err);
    Problem problem = problem(thrown);
    err.println(PlainText.lines(problem.what()));
    if (!problem.next().isEmpty()) err.println(PlainText.lines(problem.next()));
    return Exit.of(problem.kind()).code();
  }

  private static Problem problem(Exception thrown) {
    return switch (thrown) {
      case Problem problem -> problem;
      case Cancellation.Cancelled cancelled ->
          Problem.failed("Stopped on request.", "Run the same command again to go on.");
      case FileSystemException failed -> DiskTrouble.of(failed);
      case IOException failed ->
          Problem.failed(
              "Reading or writing failed: "
                  + PlainText.of(String.valueOf(failed.getMessage()))
                  + ".",
              "Check the disk, and that there is room on it.");
      default ->
          Problem.failed(
              "Fieldlift made a mistake: " + PlainText.of(thrown.toString()) + ".",
              "Nothing was half done. Set FIELDLIFT_DEBUG=1, run it again, and report what it"
                  + " says.");
    };
  }
}
