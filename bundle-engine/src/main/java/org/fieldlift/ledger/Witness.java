package org.fieldlift.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import org.fieldlift.io.AtomicFiles;
import org.fieldlift.io.Digest;
import org.fieldlift.io.Fields;
import org.fieldlift.io.Limits;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.jspecify.annotations.Nullable;

/// A small signed file beside the ledger that says how many events the station's own chain has and
/// which is the newest.
///
/// Stops somebody from cutting off the newest events: a chain without its end is still a chain, so
/// the chain alone cannot show it. It is written after the events, so a crash can leave it behind
/// the chain, which is no fault; ahead of the chain it can never be. Whoever can put back an older
/// witness together with an older ledger is not found out here but by any other station that has
/// the later events.
///
/// `{"head":"fieldlift.ledger-head/1","station":…,"events":…,"last":…,"signature":…}`, signed like
/// an event: Ed25519 over the line without the signature.
final class Witness {
  private static final int LONGEST = 4096;

  private final Path file;

  /// @param ledger its database file
  Witness(Path ledger) {
    this.file = ledger.resolveSibling(ledger.getFileName() + ".head");
  }

  Path file() {
    return file;
  }

  boolean isThere() {
    return Files.exists(file);
  }

  /// Writes down where the chain ends now, unless the witness knows of events that are not there:
  /// that knowledge must not be overwritten. Call it inside a write transaction, so that two
  /// processes cannot set it back.
  void renew(EventTable events, EventSigner signer) throws SQLException, IOException {
    if (contradiction(events).isPresent()) return;
    Digest station = Digest.of(signer.publicKey());
    Chain chain = events.chain(station);
    Head unsigned = new Head(station, chain.length(), chain.tip(), new byte[0]);
    Head head = new Head(station, chain.length(), chain.tip(), signer.sign(unsigned.signedBytes()));
    AtomicFiles.write(file, head.line().getBytes(StandardCharsets.UTF_8));
  }

  /// What the witness knows that the ledger denies; nothing when they agree or there is no witness.
  Optional<String> contradiction(EventTable events) throws SQLException, IOException {
    Head head;
    try {
      Optional<Head> read = read();
      if (read.isEmpty()) return Optional.empty();
      head = read.get();
    } catch (Problem malformed) {
      return Optional.of(notOurs());
    }
    Chain chain = events.chain(head.station());
    if (chain.length() > 0 && !chain.signed(head.signedBytes(), head.signature())) {
      return Optional.of(notOurs());
    }
    if (head.events() > chain.length()) {
      return Optional.of(
          "The newest events of station %s are missing: there were %d, now there are %d."
              .formatted(head.station().brief(), head.events(), chain.length()));
    }
    Optional<Digest> there = events.digestAt(head.station(), head.events());
    if (there.equals(Optional.ofNullable(head.last()))) return Optional.empty();
    return Optional.of(
        "Event %d of station %s is not the one that was recorded."
            .formatted(head.events(), head.station().brief()));
  }

  private Optional<Head> read() throws IOException {
    byte[] bytes;
    try {
      bytes = Limits.readFile(file, LONGEST);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    return Optional.of(Head.read(Fields.read(bytes, file.toString())));
  }

  private String notOurs() {
    return "The file "
        + PlainText.of(file.toString())
        + ", which says where the ledger ends, was damaged or changed.";
  }

  /// What the file says.
  ///
  /// @param events how many the chain has
  /// @param last digest of the newest; null when there is none
  private record Head(Digest station, long events, @Nullable Digest last, byte[] signature) {
    static Head read(Fields fields) throws Problem {
      try {
        return new Head(
            fields.digest("station"),
            fields.number("events"),
            fields.isAbsent("last") ? null : fields.digest("last"),
            Base64.getDecoder().decode(fields.text("signature")));
      } catch (IllegalArgumentException e) {
        throw fields.wrong("signature", "in Base64");
      }
    }

    /// Begins unlike any event or envelope that the same key signs, so none can be passed off as
    /// the other.
    byte[] signedBytes() {
      return (upToSignature() + "}").getBytes(StandardCharsets.UTF_8);
    }

    String line() {
      return upToSignature()
          + ",\"signature\":\""
          + Base64.getEncoder().encodeToString(signature)
          + "\"}\n";
    }

    private String upToSignature() {
      return "{\"head\":\"fieldlift.ledger-head/1\",\"station\":\""
          + station.hex()
          + "\",\"events\":"
          + events
          + ",\"last\":"
          + (last == null ? "null" : "\"" + last.hex() + "\"");
    }
  }
}
