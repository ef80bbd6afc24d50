package org.fieldlift.release;

import static java.util.stream.Collectors.toMap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.fieldlift.archive.Entry;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.release.Release.Download;

/// What is known of a release before it is packed, and what packing adds: digests, and nothing that
/// has another length.
final class Drafts {
  private Drafts() {}

  /// The length `release.json` will have, found by writing it with digests that are not known yet,
  /// and reading it as strictly as anybody will.
  ///
  /// @throws Problem of kind USAGE when nobody could read it
  static int length(Release draft, List<Entry> scanned) throws Problem {
    byte[] json =
        draft
            .with(scanned.stream().map(Drafts::withAnyDigest).toList(), draft.downloads())
            .toJson();
    try {
      requireFiles(ReleaseJson.read(json));
    } catch (Problem refused) {
      throw new Problem(
          Problem.Kind.USAGE,
          "This cannot be packed, nobody could read it: " + refused.what(),
          "Correct what it names, then pack again.",
          refused);
    }
    return json.length;
  }

  /// The release that was packed.
  static Release complete(Release draft, List<Entry> packed) throws Problem {
    Map<String, Digest> digests = digests(packed);
    List<Download> downloads = new ArrayList<>();
    for (Download download : draft.downloads()) {
      Digest found = digests.get(download.path());
      if (found == null) throw new IllegalStateException("not packed: " + download.path());
      boolean isRight =
          download.sha256().equals(Release.NOT_KNOWN_YET) || download.sha256().equals(found);
      if (!isRight) {
        throw Problem.failed(
            "%s is not what was downloaded (%s…)."
                .formatted(PlainText.of(download.path()), download.sha256().brief()),
            "Download it again, then pack again.");
      }
      downloads.add(download.with(found));
    }
    return draft.with(packed, List.copyOf(downloads));
  }

  private static void requireFiles(Release release) throws Problem {
    Map<String, Digest> digests = digests(release.entries());
    for (Download download : release.downloads()) {
      if (!digests.containsKey(download.path())) {
        throw Problem.usage(
            "The download " + PlainText.of(download.path()) + " is no file of the release.",
            "Pack it with the rest.");
      }
    }
  }

  private static Map<String, Digest> digests(List<Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.sha256() != null)
        .collect(toMap(Entry::path, Entry::sha256));
  }

  private static Entry withAnyDigest(Entry entry) {
    return entry.type() == Entry.Type.FILE
        ? new Entry(
            entry.path(), entry.type(), entry.mode(), entry.size(), Release.NOT_KNOWN_YET, null)
        : entry;
  }
}
