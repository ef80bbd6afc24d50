package org.fieldlift.cli;

import picocli.CommandLine.IVersionProvider;

/// [Main#version] for the help of picocli.
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {Main.version()};
  }
}
