package org.fieldlift.forklift.git;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;

/// The branches and tags of a mirror, joined with those that a bundle brings. Its objects are there
/// already.
///
/// A branch goes forward; one that is ahead stays; where the two went different ways the bundle's
/// counts, since that is what the next `plt switch` is to find. A tag never moves. What no branch
/// or tag would lead to any more gets a tag of ours, so nothing is lost and everything stays within
/// reach of a clone (decision 15).
public record MirrorRefs(Git git) {
  private static final String KEPT = "refs/tags/fieldlift/kept-";
  private static final String IN_THE_WAY = "refs/tags/fieldlift";
  private static final int BRIEF = 12;

  /// @throws Problem when something cannot be kept; what leads to it has not moved
  /// @return false when something is not as the bundle has it: a tag stayed where it was, or a
  ///   branch could not be made because of another's name
  public boolean merge(Map<String, String> brought, Collection<String> wanted) throws IOException {
    Map<String, String> here = MirrorFile.refs(git);
    boolean same = true;
    for (var ref : brought.entrySet()) {
      Optional<String> present = Optional.ofNullable(here.get(ref.getKey()));
      same &= join(ref.getKey(), ref.getValue(), present);
    }
    for (String commit : wanted) keep(commit);
    MirrorFile.requireReachable(git, wanted, "the mirror, with what the bundle brings,");
    return same;
  }

  private boolean join(String name, String brought, Optional<String> here) throws IOException {
    if (here.equals(Optional.of(brought))) return true;
    boolean isBranch = name.startsWith("refs/heads/");
    if (here.isPresent() && isBranch && isWithin(brought, here.get())) return true;
    boolean moves = here.isEmpty() || isBranch;
    if (here.isPresent() && isBranch && !isWithin(here.get(), brought)) keepTip(here.get());
    if (moves && git.agrees("update-ref", name, brought, here.orElse(""))) return true;
    keep(brought);
    return false;
  }

  private boolean isWithin(String commit, String branch) throws IOException {
    return git.agrees("merge-base", "--is-ancestor", commit, branch);
  }

  private void keep(String object) throws IOException {
    if (!MirrorFile.isReachable(git, object)) keepTip(object);
  }

  /// Before anything moves that leads to it.
  ///
  /// @throws Problem when it cannot be kept
  private void keepTip(String object) throws IOException {
    String name = KEPT + object.substring(0, BRIEF);
    if (git.ask("rev-parse", "--verify", "--quiet", name).equals(Optional.of(object))) return;
    if (git.agrees("rev-parse", "--verify", "--quiet", IN_THE_WAY)) throw inTheWay(object);
    git.answer("update-ref", name, object, "");
  }

  private Problem inTheWay(String object) {
    return Problem.failed(
        "The mirror "
            + PlainText.of(git.place().toString())
            + " has a tag \"fieldlift\", so the commit "
            + PlainText.of(object)
            + " cannot be kept there under fieldlift/.",
        "Give that tag another name (git tag NEW fieldlift; git tag -d fieldlift), then try"
            + " again.");
  }
}
