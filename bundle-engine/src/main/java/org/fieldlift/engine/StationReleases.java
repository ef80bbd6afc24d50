package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fieldlift.engine.StationSources.Offered;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.fieldlift.ledger.Fact;
import org.fieldlift.ledger.Ledger;
import org.fieldlift.release.OpenRelease;
import org.fieldlift.release.Release;
import org.fieldlift.release.ReleaseCheck;
import org.fieldlift.release.ReleaseForms;
import org.fieldlift.release.ReleaseIndex;
import org.fieldlift.release.ReleasePacker;
import org.fieldlift.release.ReleaseStore;
import org.fieldlift.release.SignedRelease;
import org.fieldlift.release.Signing;
import org.fieldlift.release.Source.Offer;
import org.fieldlift.release.StoredRelease;
import org.fieldlift.trust.SigningKey;
import org.fieldlift.trust.Verdict;
import org.jspecify.annotations.Nullable;

/// Releases of this station. A release is judged afresh each time it is used, so a rule that was
/// removed counts at once.
final class StationReleases implements ReleaseDesk {
  private static final Comparator<Row> BY_PRODUCT_NEWEST_FIRST =
      Comparator.comparing(Row::product)
          .thenComparing(Row::sequence, Comparator.reverseOrder())
          .thenComparing(Row::platform)
          .thenComparing(Row::id);

  private final ReleaseStore store;
  private final StationSources sources;
  private final StationTrust trust;
  private final Ledger ledger;
  private final Clock clock;

  StationReleases(
      ReleaseStore store, StationSources sources, StationTrust trust, Ledger ledger, Clock clock) {
    this.store = store;
    this.sources = sources;
    this.trust = trust;
    this.ledger = ledger;
    this.clock = clock;
  }

  @Override
  public List<Row> list() throws IOException {
    List<Row> rows = new ArrayList<>();
    Set<Digest> here = new HashSet<>();
    for (StoredRelease stored : store.list()) {
      here.add(stored.signed().id());
      rows.add(row(stored, judge(stored.signed())));
    }
    for (Offered offered : sources.offered()) {
      if (here.add(offered.offer().id())) rows.add(row(offered));
    }
    rows.sort(BY_PRODUCT_NEWEST_FIRST);
    return rows;
  }

  @Override
  public List<String> lookForNew(Progress progress, Cancellation cancellation) throws IOException {
    progress.step("Looking at the sources");
    List<String> remarks = new ArrayList<>(sources.look(cancellation));
    remarks.addAll(store.faults());
    return remarks;
  }

  @Override
  public Detail show(String release) throws IOException {
    Optional<StoredRelease> stored = stored(release);
    if (stored.isPresent()) return detail(stored.get());
    try (OpenRelease open = ReleaseFinder.openOne(Path.of(release))) {
      return detail(open, 0);
    }
  }

  @Override
  public Row fetch(String release, Progress progress, Cancellation cancellation)
      throws IOException {
    if (Files.exists(Path.of(release))) {
      try (OpenRelease open = ReleaseFinder.openOne(Path.of(release))) {
        Verdict verdict = requireGenuine(open.signed());
        return admitted(store.admit(open, progress, cancellation), verdict);
      }
    }
    List<String> unreachable = sources.look(cancellation);
    Offered offered = offered(release, unreachable);
    SignedRelease signed = offered.source().head(offered.offer(), cancellation);
    Verdict verdict = requireGenuine(signed);
    Optional<StoredRelease> here = store.find(signed.id().hex());
    if (here.isPresent()) return admitted(here.get(), verdict);
    return admitted(
        offered.source().fetch(offered.offer(), signed, store, progress, cancellation), verdict);
  }

  @Override
  public Detail verify(String release, Progress progress, Cancellation cancellation)
      throws IOException {
    Optional<StoredRelease> stored = stored(release);
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
    Path key = order.key();
    Signing signing = key == null ? null : SigningKey.open(key, order.password())::signBundle;
    ReleasePacker.pack(order.input(), draft, signing, order.output(), progress, cancellation);
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
  public List<String> writeIndex(Path folder) throws IOException {
    return ReleaseIndex.write(folder, new Cancellation());
  }

  @Override
  public long remove(String release) throws IOException {
    return store.remove(requireStored(release).signed().id());
  }

  @Override
  public long prune() throws IOException {
    return store.prune();
  }

  /// A release of the store that may go onto a drive now.
  ///
  /// @throws Problem of kind NOT_GENUINE when no rule allows it (any more)
  StoredRelease genuine(String release) throws IOException {
    StoredRelease stored = requireStored(release);
    requireGenuine(stored.signed());
    return stored;
  }

  private void repack(List<Path> from, Path output, Progress progress, Cancellation cancellation)
      throws IOException {
    List<OpenRelease> found = ReleaseFinder.open(from);
    try {
      if (found.size() != 1) {
        throw Problem.usage(
            "There are " + found.size() + " releases on these drives.",
            "Fetch the one you want with: fieldlift release fetch");
      }
      ReleasePacker.repack(found.getFirst(), output, progress, cancellation);
    } finally {
      for (OpenRelease each : found) each.close();
    }
  }

  private Row admitted(StoredRelease stored, Verdict verdict) throws IOException {
    Release release = stored.release();
    if (!ledger.state().releases().containsKey(stored.signed().id())) {
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
    return row(stored, verdict);
  }

  private Verdict judge(SignedRelease signed) throws IOException {
    return signed.judge(trust.store());
  }

  private Verdict requireGenuine(SignedRelease signed) throws IOException {
    Verdict verdict = judge(signed);
    if (verdict.isGenuine()) return verdict;
    throw Problem.notGenuine(
        verdict.words(),
        "It was not taken. If you know the signer, trust them with: fieldlift trust add");
  }

  private StoredRelease requireStored(String release) throws IOException {
    return stored(release)
        .orElseThrow(() ->
            Problem.usage(
                "There is no release " + PlainText.of(release) + " on this station.",
                "Bring it with: fieldlift release fetch " + PlainText.of(release)));
  }

  /// The stored release of this id, or the newest of this name.
  private Optional<StoredRelease> stored(String release) throws IOException {
    if (ReleaseName.looksLikeId(release)) {
      Optional<StoredRelease> byId = store.find(release);
      if (byId.isPresent()) return byId;
    }
    ReleaseName name = ReleaseName.of(release);
    return store.list().stream()
        .filter(stored -> name.fits(stored.release().product(), stored.release().label()))
        .max(Comparator.comparing(stored -> stored.release().sequence()));
  }

  private Offered offered(String release, List<String> unreachable) throws Problem {
    ReleaseName name = ReleaseName.of(release);
    return sources.offered().stream()
        .filter(each ->
            each.offer().id().hex().startsWith(release)
                || name.fits(each.offer().product(), each.offer().label()))
        .max(Comparator.comparing(each -> each.offer().sequence()))
        .orElseThrow(() ->
            Problem.usage(
                "No source has a release " + PlainText.of(release) + ".",
                unreachable.isEmpty()
                    ? "See what there is with: fieldlift release list --look"
                    : String.join(" ", unreachable)));
  }

  private Detail detail(StoredRelease stored) throws IOException {
    Verdict verdict = judge(stored.signed());
    return new Detail(
        row(stored, verdict),
        stored.release(),
        verdict,
        stored.parts().parts().size(),
        "on this station");
  }

  private Detail detail(OpenRelease open, int parts) throws IOException {
    Verdict verdict = judge(open.signed());
    Release release = open.signed().release();
    Row row = row(open.signed().id(), release, open.archiveSize(), verdict, Where.AT_SOURCE, "");
    return new Detail(row, release, verdict, parts, open.where());
  }

  private static Row row(StoredRelease stored, Verdict verdict) {
    return row(
        stored.signed().id(), stored.release(), stored.parts().size(), verdict, Where.HERE, "");
  }

  private static Row row(
      Digest id,
      Release release,
      long size,
      @Nullable Verdict verdict,
      Where where,
      String source) {
    return new Row(
        id,
        release.product(),
        release.label(),
        release.platform(),
        release.sequence(),
        size,
        release.createdAt(),
        Optional.ofNullable(verdict),
        where,
        source);
  }

  private static Row row(Offered offered) {
    Offer offer = offered.offer();
    return new Row(
        offer.id(),
        offer.product(),
        offer.label(),
        offer.platform(),
        offer.sequence(),
        offer.size(),
        offer.createdAt(),
        Optional.empty(),
        Where.AT_SOURCE,
        offered.source().name());
  }
}
