package org.fieldlift.release;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.fieldlift.io.Content;

/// Several contents read as one, in place: the slices of a part are never copied together.
record JoinedContent(List<Content> slices) implements Content {

  @Override
  public long size() {
    return slices.stream().mapToLong(Content::size).sum();
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    long skip = offset;
    int end = into.limit();
    for (Content slice : slices) {
      if (into.position() == end) return;
      if (skip >= slice.size()) {
        skip -= slice.size();
        continue;
      }
      int take = (int) Math.min(end - into.position(), slice.size() - skip);
      into.limit(into.position() + take);
      try {
        slice.read(skip, into);
      } finally {
        into.limit(end);
      }
      skip = 0;
    }
    if (into.position() < end) throw new EOFException("asked beyond the last slice");
  }
}
