package org.fieldlift.archive;

import static org.fieldlift.archive.EntryList.shown;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.Problem;
import org.fieldlift.io.Progress;
import org.jspecify.annotations.Nullable;

/// Reads the parts of an archive in order and compares every entry with what was signed, before and
/// while its bytes are handed on. The one reader of archives: fetching, verifying, splitting and
/// importing all go through it.
///
/// The signed list says every byte that may come (headers included, see [TarHeader]), so there is
/// nothing to parse and nowhere to hide: the first byte that differs ends the work, and no more is
/// ever inflated than the list allows. Once a call has thrown, nothing the sink was given may be
/// used.
public final class ArchiveCheck {
  private static final int BUFFER = 128 << 10;

  private final List<Entry> signed;
  private final EntrySink sink;
  private final Progress progress;
  private final Cancellation cancellation;
  private final byte[] buffer = new byte[BUFFER];
  private boolean sound;
  private int next;
  private boolean complete;
  private @Nullable InputStream given;
  private @Nullable RawStream wrapped;

  /// @param signed the entries of the verified `release.json`
  /// @param progress advanced by compressed bytes
  public ArchiveCheck(
      List<Entry> signed, EntrySink sink, Progress progress, Cancellation cancellation) {
    this.signed = List.copyOf(signed);
    this.sink = sink;
    this.progress = progress;
    this.cancellation = cancellation;
  }

  /// Takes exactly one part (one gzip member) from the stream and leaves the stream behind it, so
  /// that a single-file archive is read by calling this until the end.
  ///
  /// A [RawStream] is left exactly behind the part. Any other stream is read ahead, and what was
  /// too much is kept here for the next call with the same stream; another stream before all of it
  /// was used is refused, because then bytes stood behind a part where nothing may stand.
  ///
  /// @param rawCopy receives the compressed bytes as they were read
  /// @return digest and size of the compressed bytes
  /// @throws org.fieldlift.io.Problem of kind NOT_GENUINE for anything that differs from what was
  ///   signed
  public Part part(InputStream raw, OutputStream rawCopy) throws IOException {
    if (!sound) {
      EntryList.requireSound(signed);
      sound = true;
    }
    if (complete) throw notGenuine("The archive goes on behind its end.");
    RawStream in = bind(raw);
    try (HashLane lane = new HashLane();
        HashLane content = new HashLane();
        GzipMember member = new GzipMember(in, 0, new RawCopy(lane, rawCopy))) {
      entries(member, content);
      if (member.read() >= 0) throw notGenuine("A part goes on behind its last entry.");
      if (complete && !in.isAtEnd()) throw notGenuine("The archive goes on behind its end.");
      return new Part(lane.digest(), member.rawSize());
    }
  }

  /// True when the end-of-archive mark was read: no part may follow.
  public boolean isComplete() {
    return complete;
  }

  /// Says that there are no more parts.
  ///
  /// @throws org.fieldlift.io.Problem of kind NOT_GENUINE when signed entries are missing
  public void finish() throws IOException {
    if (complete) return;
    throw notGenuine(
        next < signed.size()
            ? shown(signed.get(next).path()) + " is missing: the archive ends before it."
            : "The end of the archive is missing.");
  }

  /// The refusal of an archive.
  static Problem notGenuine(String what) {
    return Problem.notGenuine(what, "Do not use it; get the release again from its source.");
  }

  private RawStream bind(InputStream raw) throws Problem {
    if (wrapped != null && raw.equals(given)) return wrapped;
    if (wrapped != null && wrapped.hasLeftOver() && wrapped != raw) {
      throw notGenuine("There are bytes behind the end of a part.");
    }
    given = raw;
    wrapped = RawStream.of(raw);
    return wrapped;
  }

  /// All entries up to the member's end, of which there must be some, or the end mark alone.
  private void entries(GzipMember member, HashLane content) throws IOException {
    if (next == signed.size()) {
      requireZeros(member, TarHeader.END_MARK, "the end of the archive");
      complete = true;
      return;
    }
    int first = next;
    while (next < signed.size()) {
      cancellation.check();
      Entry entry = signed.get(next);
      byte[] expected = TarHeader.of(entry);
      byte[] found = member.readNBytes(expected.length);
      if (found.length == 0 && next > first) return;
      if (!Arrays.equals(found, expected)) {
        throw differs(HeaderDifference.of(entry, expected, found));
      }
      handOn(entry, member, content);
      next++;
    }
  }

  private void handOn(Entry entry, GzipMember member, HashLane content) throws IOException {
    switch (entry.type()) {
      case DIRECTORY -> sink.directory(entry);
      case SYMLINK -> sink.symlink(entry);
      case FILE -> {
        try (OutputStream out = sink.file(entry)) {
          copy(entry, member, out, content);
          if (!content.digest().equals(entry.sha256())) {
            throw differs(shown(entry.path()) + " has another content");
          }
        }
        requireZeros(member, TarHeader.padding(entry.size()), shown(entry.path()));
      }
    }
  }

  private void copy(Entry entry, GzipMember member, OutputStream out, HashLane content)
      throws IOException {
    long left = entry.size();
    while (left > 0) {
      cancellation.check();
      int count = member.read(buffer, 0, (int) Math.min(BUFFER, left));
      if (count < 0) throw differs(shown(entry.path()) + " ends too early");
      content.update(buffer, 0, count);
      out.write(buffer, 0, count);
      left -= count;
    }
  }

  private void requireZeros(GzipMember member, int count, String of) throws IOException {
    byte[] found = member.readNBytes(count);
    if (!Arrays.equals(found, new byte[count])) {
      throw differs("there are other bytes than there should be at " + of);
    }
  }

  private static Problem differs(String what) {
    return notGenuine("The archive is not what was signed: " + what + ".");
  }

  /// Where the compressed bytes go besides the inflater.
  private final class RawCopy extends OutputStream {
    private final HashLane lane;
    private final OutputStream copy;

    RawCopy(HashLane lane, OutputStream copy) {
      this.lane = lane;
      this.copy = copy;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      lane.update(bytes, offset, length);
      copy.write(bytes, offset, length);
      progress.advance(length);
    }
  }
}
