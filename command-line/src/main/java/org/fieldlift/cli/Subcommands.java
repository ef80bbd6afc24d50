package org.fieldlift.cli;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/// The commands under a command, for [CommandTree]. Picocli's own `subcommands` would build all of
/// them at every start.
@Retention(RetentionPolicy.RUNTIME)
@interface Subcommands {
  Class<?>[] value();
}
