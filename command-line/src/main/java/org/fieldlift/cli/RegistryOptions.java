package org.fieldlift.cli;

import java.util.List;
import org.fieldlift.io.Problem;
import org.fieldlift.oci.RegistryWays;
import picocli.CommandLine.Option;

/// From where images come, for every command that fetches some.
final class RegistryOptions {
  @Option(
      names = "--mirror",
      paramLabel = "HOST=URL",
      description = "Ask this address before the registry HOST. May be given again.")
  List<String> mirrors = List.of();

  @Option(
      names = "--insecure-registry",
      paramLabel = "HOST",
      description = "This registry may speak plain http, or show any certificate.")
  List<String> insecure = List.of();

  RegistryWays chosen() throws Problem {
    return RegistryWays.of(mirrors, insecure);
  }
}
