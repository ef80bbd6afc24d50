package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fieldlift.archive.Tree;
import org.fieldlift.engine.StationSources.Offered;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.ledger.Fact;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.Release;
import org.fieldlift.release.ReleaseCheck;
import org.fieldlift.release.ReleaseForms;
import org.fieldlift.release.ReleasePacker;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.release.StoredRelease;
import org.fieldlift.source.ReleaseIndex;
import org.fieldlift.store.ReleaseStore;
import org.fieldlift.trust.SigningKey;
import org.fieldlift.trust.Verdict;

/// Releases of this station. A release is judged afresh each time it is used, so a rule that was
/// removed counts at once.
final class StationReleases implements ReleaseDesk {
  private final ReleaseStore store;
  private final StationSources sources;
  private final StationTrust trust;
  private final StationLedger ledger;
  private final Clock clock;
  private final NamedReleases named;

  StationReleases(
      ReleaseStore store,
      StationSources sources,
      StationTrust trust,
      StationLedger ledger,
      Clock clock) {
    this.store = store;
    this.sources = sources;
    this.trust = trust;
    this.ledger = ledger;
    this.clock = clock;
    this.named = new NamedReleases(store, sources);
  }

  @Override
  public List<Row> list() throws IOException {
    List<Row> rows = new ArrayList<>();
    Set<Digest> here = new HashSet<>();
    for (StoredRelease stored : store.list()) {
      here.add(stored.signed().id());
      rows.add(ReleaseRows.of(stored, judge(stored.signed()), clock.instant()));
    }
    for (Offered offered : sources.offered()) {
      if (here.add(offered.offer().id())) rows.add(ReleaseRows.of(offered));
    }
    rows.sort(ReleaseRows.BY_PRODUCT_NEWEST_FIRST);
    return rows;
  }

  @Override
  public List<String> lookForNew(Progress progress, Cancellation cancellation) throws IOException {
    progress.step("Looking at the sources");
    List<String> remarks = new ArrayList<>(sources.look(cancellation));
    remarks.addAll(sources.faults());
    remarks.addAll(store.faults());
    return remarks;
  }

  @Override
  public Detail show(String release) throws IOException {
    Optional<StoredRelease> stored = named.find(release);
    if (stored.isPresent()) return detail(stored.get());
    try (OpenRelease open = ReleaseFinder.openOne(Path.of(release))) {
      return detail(open, 0);
    }
  }

  @Override
  public Fetched fetch(String release, Progress progress, Cancellation cancellation)
      throws IOException {
    NamedReleases.requireNoAddress(release);
    if (ReleaseFinder.isThere(Path.of(release))) {
      try (OpenRelease open = ReleaseFinder.openOne(Path.of(release))) {
        Verdict verdict = requireGenuine(open.signed());
        StoredRelease stored = store.admit(open, progress, cancellation);
        return fetched(stored, verdict, List.of());
      }
    }
    List<String> remarks = new ArrayList<>(sources.look(cancellation));
    SourceFetch.Brought brought =
        new SourceFetch(store, this::requireGenuine)
            .run(named.offered(release, remarks), progress, cancellation);
    remarks.addAll(brought.passedOver());
    return fetched(brought.release(), brought.verdict(), remarks);
  }

  @Override
  public Detail verify(String release, Progress progress, Cancellation cancellation)
      throws IOException {
    Optional<StoredRelease> stored = named.find(release);
    try (OpenRelease open =
        stored.isPresent()
            ? ReleaseForms.open(stored.get())
            : ReleaseFinder.openOne(Path.of(release))) {
      Verdict verdict = judge(open.signed());
      if (!verdict.isGenuine()) return detail(open, 0);
      return detail(open, ReleaseCheck.check(open, progress, cancellation).parts().size());
    }
  }

  @Override
  public Detail pack(PackOrder order, Progress progress, Cancellation cancellation)
      throws IOException {
    Release draft = PackDraft.of(order, clock.instant());
    Tree tree = ReleasePacker.tree(order.input(), draft.kind());
    Path key = order.key();
    if (key == null) {
      ReleasePacker.pack(tree, draft, null, order.output(), progress, cancellation);
    } else {
      KeyAhead signing = KeyAhead.open(key, order.password(), cancellation);
      signing.during(
          packing -> ReleasePacker.pack(tree, draft, signing, order.output(), progress, packing));
    }
    return show(order.output().toString());
  }

  @Override
  public Detail sign(Path release, Path key, char[] password) throws IOException {
    ReleasePacker.sign(release, SigningKey.open(key, password)::signBundle);
    return show(release.toString());
  }

  @Override
  public void split(Path single, Path directory, Progress progress, Cancellation cancellation)
      throws IOException {
    if (directory.toString().endsWith(".tar.gz")) {
      throw Problem.usage(
          "A directory form cannot be called " + PlainText.of(directory.toString()) + ".",
          "Choose a name that does not end in .tar.gz.");
    }
    repack(List.of(single), directory, progress, cancellation);
  }

  @Override
  public void join(List<Path> parts, Path single, Progress progress, Cancellation cancellation)
      throws IOException {
    if (!single.toString().endsWith(".tar.gz")) {
      throw Problem.usage(
          "A single file must be called ….tar.gz, not " + PlainText.of(single.toString()) + ".",
          "Choose such a name.");
    }
    repack(parts, single, progress, cancellation);
  }

  @Override
  public Indexed writeIndex(Path folder) throws IOException {
    ReleaseIndex.Written written = ReleaseIndex.write(folder, new Cancellation());
    return new Indexed(written.offers().size(), written.faults());
  }

  @Override
  public long remove(String release) throws IOException {
    return store.remove(named.oneVersion(release).signed().id());
  }

  @Override
  public long prune() throws IOException {
    return store.prune();
  }

  /// The releases of the store that a name means for these machines, and that may go onto a drive
  /// now.
  ///
  /// @param machines platforms; "" for a machine of which nobody knows
  /// @throws Problem of kind NOT_GENUINE when no rule allows one of them (any more)
  List<StoredRelease> genuine(String release, List<String> machines) throws IOException {
    List<StoredRelease> chosen = named.stored(release, machines);
    for (StoredRelease stored : chosen) requireGenuine(stored.signed());
    return chosen;
  }

  private Verdict requireGenuine(SignedRelease signed) throws IOException {
    Verdict verdict = judge(signed);
    if (verdict.isGenuine()) return verdict;
    throw Problem.notGenuine(
        verdict.words(),
        verdict instanceof Verdict.NotAllowed
            ? "It was not taken. If this signer is right after all, say so: fieldlift trust add"
            : "It was not taken; ask where it came from.");
  }

  private void repack(List<Path> from, Path output, Progress progress, Cancellation cancellation)
      throws IOException {
    try (OpenRelease open = ReleaseFinder.openOne(from)) {
      ReleasePacker.repack(open, output, progress, cancellation);
    }
  }

  private Fetched fetched(StoredRelease stored, Verdict verdict, List<String> remarks)
      throws IOException {
    List<String> all = new ArrayList<>(remarks);
    new Validity(stored.release(), clock.instant()).remark().ifPresent(all::add);
    return new Fetched(admitted(stored, verdict), List.copyOf(all));
  }

  private Row admitted(StoredRelease stored, Verdict verdict) throws IOException {
    Release release = stored.release();
    if (!ledger.open().state().releases().containsKey(stored.signed().id())) {
      ledger.append(
          List.of(
              new Fact.ReleaseAdmitted(
                  stored.signed().id(),
                  release.product(),
                  release.label(),
                  release.platform(),
                  release.sequence(),
                  verdict.words())));
    }
    return ReleaseRows.of(stored, verdict, clock.instant());
  }

  private Verdict judge(SignedRelease signed) throws IOException {
    return signed.judge(trust.store());
  }

  private Detail detail(StoredRelease stored) throws IOException {
    Verdict verdict = judge(stored.signed());
    return new Detail(
        ReleaseRows.of(stored, verdict, clock.instant()),
        stored.release(),
        verdict,
        stored.parts().parts().size(),
        "on this station");
  }

  private Detail detail(OpenRelease open, int parts) throws IOException {
    Verdict verdict = judge(open.signed());
    Release release = open.signed().release();
    return new Detail(
        ReleaseRows.of(open, verdict, clock.instant()), release, verdict, parts, open.where());
  }
}
