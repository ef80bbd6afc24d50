package org.fieldlift.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.fieldlift.io.Problem;

/// The plain bytes of exactly one gzip member (RFC 1952) as Fieldlift writes it; checksum and
/// length are compared at its end, and the raw stream is left right behind it.
///
/// Never gives more than is asked for, so a bomb is stopped by a reader that knows what must come.
final class GzipMember extends InputStream {
  /// Compressed bytes may outnumber plain ones by this much and one in 64. Stops a member that goes
  /// on for ever with deflate blocks that hold nothing.
  private static final int MOST_IDLE = 1 << 20;

  private final RawStream raw;
  private final OutputStream rawCopy;
  private final Inflater inflater = new Inflater(true);
  private final CRC32 crc = new CRC32();
  private long rawSize;
  private long plainSize;
  private boolean ended;

  /// Up to here the raw stream's block was given to the inflater.
  private int fed;

  /// Reads the header.
  ///
  /// @param flags the only flags that are legal here: 0 or [Gzip#EXTRA]. A name, a comment or an
  ///   extra field where there should be none are hidden bytes that no signature covers.
  /// @param rawCopy receives the compressed bytes
  GzipMember(RawStream raw, int flags, OutputStream rawCopy) throws IOException {
    this.raw = raw;
    this.rawCopy = rawCopy;
    if (!Arrays.equals(take(Gzip.HEADER), Gzip.header(flags))) {
      throw damaged("it does not begin as Fieldlift begins a part");
    }
    if (flags == Gzip.EXTRA) {
      byte[] length = take(2);
      take((length[0] & 0xff) | (length[1] & 0xff) << 8);
    }
    fed = raw.position();
  }

  /// Compressed bytes read so far; the member's length once its end was reached.
  long rawSize() {
    return rawSize;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) return 0;
    try {
      while (!ended) {
        int count = inflater.inflate(into, offset, length);
        if (count > 0) {
          crc.update(into, offset, count);
          plainSize += count;
          return count;
        }
        if (inflater.finished()) end();
        else if (inflater.needsDictionary()) throw damaged("it needs a dictionary");
        else feed();
      }
      return -1;
    } catch (DataFormatException e) {
      Problem problem = damaged("its deflated data is not valid");
      problem.initCause(e);
      throw problem;
    }
  }

  /// Gives the inflater the raw stream's next block; it is passed on once it was used up.
  private void feed() throws IOException {
    passOn(fed);
    if (rawSize > plainSize + plainSize / 64 + MOST_IDLE) {
      throw damaged("it holds far fewer bytes than it is long");
    }
    if (!raw.fill()) throw damaged("it ends too early");
    inflater.setInput(raw.block(), raw.position(), raw.limit() - raw.position());
    fed = raw.limit();
  }

  private void end() throws IOException {
    passOn(fed - inflater.getRemaining());
    byte[] trailer = take(Gzip.TRAILER);
    byte[] expected = Gzip.trailer((int) crc.getValue(), plainSize);
    if (!Arrays.equals(trailer, expected)) throw damaged("its checksum is wrong");
    ended = true;
  }

  private byte[] take(int count) throws IOException {
    byte[] bytes = raw.readNBytes(count);
    if (bytes.length < count) throw damaged("it ends too early");
    rawCopy.write(bytes);
    rawSize += count;
    return bytes;
  }

  private void passOn(int end) throws IOException {
    int count = end - raw.position();
    if (count == 0) return;
    rawCopy.write(raw.block(), raw.position(), count);
    rawSize += count;
    raw.usedTo(end);
  }

  private static Problem damaged(String why) {
    return ArchiveCheck.notGenuine("A part of the archive is damaged: " + why + ".");
  }

  /// Frees the inflater; the raw stream stays open.
  @Override
  public void close() {
    inflater.end();
  }
}
