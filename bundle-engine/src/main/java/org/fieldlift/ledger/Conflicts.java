package org.fieldlift.ledger;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.fieldlift.io.Digest;
import org.fieldlift.io.PlainText;

/// What does not fit together in the ledger, as sentences for the person who has to settle it.
/// Texts in them come from other stations and are made fit to be shown.
final class Conflicts {
  private final Map<Digest, String> stations = new HashMap<>();
  private final SortedSet<String> sentences = new TreeSet<>();

  /// Notes what a station calls itself.
  void name(Digest station, String name) {
    stations.put(station, name);
  }

  void add(String sentence) {
    sentences.add(sentence);
  }

  /// A station's name with the beginning of its digest, since anybody can choose any name.
  String station(Digest station) {
    String name = stations.get(station);
    return name == null || name.isBlank()
        ? "station " + station.brief()
        : PlainText.of(name) + " (" + station.brief() + ")";
  }

  List<String> sentences() {
    return List.copyOf(sentences);
  }

  static String quoted(String foreign) {
    return "\"" + PlainText.of(foreign) + "\"";
  }
}
