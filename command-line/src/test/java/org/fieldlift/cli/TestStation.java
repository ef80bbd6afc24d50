package org.fieldlift.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A station that is spoken to through the command line.
record TestStation(Path home) {
  record Said(int code, String out, String err) {}

  Said run(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    boolean needsStation = line.size() > 1 && !line.contains("--help") && !line.contains("help");
    if (needsStation) line.addAll(List.of("--home", home.toString()));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        CommandTree.run(
            new PrintWriter(out, true), new PrintWriter(err, true), line.toArray(String[]::new));
    return new Said(code, out.toString(), err.toString());
  }
}
