package org.fieldlift.desktop.prepare;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.words.ProductName;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.io.PlainText;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.ledger.State.ManifestRow;
import org.kordamp.ikonli.feather.Feather;

/// Section 2: devices by site, to be ticked one by one or a site at once, with what each has now.
final class WhomView extends VBox {
  private static final double HIGHEST = 320;

  /// A line of the list.
  private sealed interface Line {}

  private record Site(String name, List<Choice<ManifestRow>> devices) implements Line {}

  private record One(Choice<ManifestRow> device) implements Line {}

  private final Choices<ManifestRow, String> devices;
  private final Words words;
  private final Set<String> unfolded = new HashSet<>();
  private final ObservableList<Line> lines = FXCollections.observableArrayList();

  /// Site → what brings its line up to date when one of its devices is ticked.
  private final Map<String, Runnable> heads = new HashMap<>();

  WhomView(Choices<ManifestRow, String> devices, Words words, Runnable goOn) {
    this.devices = devices;
    this.words = words;
    ChoiceList<Line> list = new ChoiceList<>(lines, this::draw, HIGHEST);
    list.setPlaceholder(Look.paragraph(words.text("prepare.whom.empty"), "muted", "empty-line"));
    HBox foot =
        Look.row(
            8,
            Look.label(words.text("prepare.whom.optional"), "small"),
            Look.spacer(),
            Look.button(words.text("prepare.next.drives"), goOn));
    foot.getStyleClass().add("section-foot");
    getChildren().addAll(list, foot);
    devices.all().subscribe(this::fill);
    fill();
  }

  private void fill() {
    Map<String, List<Choice<ManifestRow>>> bySite =
        devices.all().stream()
            .collect(
                Collectors.groupingBy(
                    choice -> Summary.site(choice.value().device(), words),
                    TreeMap::new,
                    Collectors.toList()));
    lines.clear();
    bySite.forEach((site, there) -> {
      lines.add(new Site(site, there));
      if (unfolded.contains(site)) there.forEach(device -> lines.add(new One(device)));
    });
  }

  private Node draw(Line line) {
    return switch (line) {
      case Site(String name, List<Choice<ManifestRow>> there) -> site(name, there);
      case One(Choice<ManifestRow> device) -> device(device);
    };
  }

  private Node site(String name, List<Choice<ManifestRow>> there) {
    CheckBox box = Look.wholeOnHover(new CheckBox(name));
    box.getStyleClass().add("strong");
    box.setOnAction(_ -> {
      Set<String> ids =
          there.stream().map(choice -> choice.value().device().id()).collect(Collectors.toSet());
      boolean all = box.isSelected();
      Set<ManifestRow> before = Set.copyOf(devices.chosen());
      devices.choose(row -> ids.contains(row.device().id()) ? all : before.contains(row));
      fill();
    });
    boolean open = unfolded.contains(name);
    Button fold =
        Look.iconButton(
            open ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT,
            words.text(open ? "prepare.fold" : "prepare.unfold", name),
            () -> {
              if (!unfolded.remove(name)) unfolded.add(name);
              fill();
            });
    Label count = Look.label(words.text("prepare.devices", there.size()), "small");
    Label share = Look.firm(Look.label("", "muted"));
    Runnable head = () -> tell(there, box, share);
    head.run();
    heads.put(name, head);
    return Look.row(8, fold, box, count, Look.spacer(), share);
  }

  private void tell(List<Choice<ManifestRow>> there, CheckBox box, Label share) {
    long chosen = there.stream().filter(Choice::isChosen).count();
    box.setSelected(chosen == there.size());
    box.setIndeterminate(chosen > 0 && chosen < there.size());
    share.setText(chosen == 0 ? "" : words.text("prepare.chosen", chosen));
  }

  private Node device(Choice<ManifestRow> choice) {
    Device device = choice.value().device();
    CheckBox box = Look.wholeOnHover(new CheckBox(PlainText.of(device.id())));
    box.getStyleClass().add("indented");
    box.selectedProperty().bindBidirectional(choice.chosen());
    String site = Summary.site(device, words);
    box.selectedProperty()
        .subscribe((_, _) -> Optional.ofNullable(heads.get(site)).ifPresent(Runnable::run));
    String has =
        choice
            .value()
            .has()
            .map(known -> ProductName.of(known.product()) + " " + PlainText.of(known.version()))
            .orElse(words.text("prepare.whom.nothing"));
    box.setAccessibleText(device.id() + ", " + has);
    box.setMaxWidth(Double.MAX_VALUE);
    return Look.row(
        16,
        Look.wide(176, box),
        Look.grow(Look.label(PlainText.of(device.name()), "muted")),
        Look.spacer(),
        Look.label(ProductName.platform(device.platform()), "muted"),
        Look.wide(184, Look.label(has)));
  }
}
