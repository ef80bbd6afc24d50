package org.fieldlift.engine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fieldlift.io.Cancellation;
import org.fieldlift.io.PlainText;
import org.fieldlift.io.Problem;
import org.fieldlift.source.Source.Offer;
import org.fieldlift.source.SourceList;

/// The station's sources, and what they offered at the last look.
final class StationSources implements SourceDesk {
  private final SourceList sources;
  private volatile List<Offered> offered = List.of();
  private volatile List<String> faults = List.of();

  StationSources(Path file) {
    this.sources = SourceList.open(file);
  }

  /// An offer and who made it.
  record Offered(org.fieldlift.source.Source source, Offer offer) {}

  @Override
  public List<Source> list() throws IOException {
    return sources.list().stream()
        .map(source -> new Source(source.name(), source.location()))
        .toList();
  }

  @Override
  public Source add(String name, String location) throws IOException {
    var added = sources.add(name, location);
    return new Source(added.name(), added.location());
  }

  @Override
  public boolean remove(String name) throws IOException {
    offered = offered.stream().filter(each -> !each.source().name().equals(name)).toList();
    return sources.remove(name);
  }

  /// What the sources offered at the last look.
  List<Offered> offered() {
    return offered;
  }

  /// Sentences about what the last look found damaged at sources that were reached.
  List<String> faults() {
    return faults;
  }

  /// Asks every source.
  ///
  /// @return sentences about those that could not be reached
  List<String> look(Cancellation cancellation) throws IOException {
    List<Offered> found = new ArrayList<>();
    List<String> unreachable = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    for (var source : sources.list()) {
      cancellation.check();
      try {
        for (Offer offer : source.look(cancellation)) found.add(new Offered(source, offer));
        for (String fault : source.faults()) {
          damaged.add("Source " + PlainText.of(source.name()) + ": " + fault);
        }
      } catch (Cancellation.Cancelled cancelled) {
        throw cancelled;
      } catch (IOException e) {
        unreachable.add(
            "Source "
                + PlainText.of(source.name())
                + " was not reached: "
                + (e instanceof Problem problem
                    ? problem.what() + " " + problem.next()
                    : PlainText.of(String.valueOf(e.getMessage()))));
      }
    }
    offered = List.copyOf(found);
    faults = List.copyOf(damaged);
    return unreachable;
  }
}
