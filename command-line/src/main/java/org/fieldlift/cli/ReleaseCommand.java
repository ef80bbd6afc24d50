package org.fieldlift.cli;

import picocli.CommandLine.Command;

@Command(
    name = "release",
    description = "Signed versions of products: make, fetch, check, split and join them.",
    mixinStandardHelpOptions = true)
@Subcommands({
  ReleaseList.class,
  ReleaseShow.class,
  ReleaseVerify.class,
  ReleaseFetch.class,
  ReleasePack.class,
  ReleaseSign.class,
  ReleaseIndex.class,
  ReleaseSplit.class,
  ReleaseJoin.class,
  ReleaseRemove.class,
  ReleasePrune.class
})
final class ReleaseCommand {}
