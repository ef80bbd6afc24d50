package org.fieldlift.io;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/// How far some work is: a tree of allocations in bytes. A node's figures are its own plus those of
/// its parts, so the whole job adds up by itself.
///
/// Workers add from any thread; a face looks as often as it likes (a few times a second). Nothing
/// is pushed, so nothing here can slow the work down or know a screen.
public final class Progress {
  private final String what;
  private final LongAdder total = new LongAdder();
  private final LongAdder done = new LongAdder();
  private final List<Progress> parts = new CopyOnWriteArrayList<>();
  private volatile String step = "";
  private volatile String concern = "";

  /// @param what what is being worked on, in words a person may see
  public Progress(String what) {
    this.what = what;
  }

  /// A new part of this work, counted in it.
  public Progress part(String what) {
    Progress part = new Progress(what);
    parts.add(part);
    return part;
  }

  /// Adds work that has become known, in bytes.
  public void expect(long bytes) {
    total.add(bytes);
  }

  /// Adds work that is done, in bytes.
  public void advance(long bytes) {
    done.add(bytes);
  }

  /// Says what is being done right now ("Reading back").
  public void step(String words) {
    step = words;
  }

  /// Says what holds the work up beyond the ordinary ("no answer for 25 s"); empty when nothing
  /// does.
  public void concern(String words) {
    concern = words;
  }

  public String what() {
    return what;
  }

  public String step() {
    return step;
  }

  /// What holds this work up, or the first of its parts that is held up; empty when nothing does.
  public String concern() {
    if (!concern.isEmpty()) return concern;
    return parts.stream()
        .map(Progress::concern)
        .filter(words -> !words.isEmpty())
        .findFirst()
        .orElse("");
  }

  public List<Progress> parts() {
    return List.copyOf(parts);
  }

  public long total() {
    return total.sum() + parts.stream().mapToLong(Progress::total).sum();
  }

  public long done() {
    return done.sum() + parts.stream().mapToLong(Progress::done).sum();
  }

  /// From 0 to 1; 0 while nothing is known.
  public double fraction() {
    long total = total();
    return total <= 0 ? 0 : Math.min(1, (double) done() / total);
  }
}
