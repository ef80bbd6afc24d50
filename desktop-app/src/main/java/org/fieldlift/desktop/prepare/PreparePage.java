package org.fieldlift.desktop.prepare;

import java.util.List;
import java.util.Optional;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.Notice;
import org.fieldlift.desktop.look.Sheets;
import org.fieldlift.desktop.prepare.PrepareModel.Section;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.DriveDesk.Holds;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.ledger.State.Device;
import org.fieldlift.ledger.State.ManifestRow;
import org.fieldlift.provision.Plan;

/// The page Prepare: three questions, and one button.
public final class PreparePage extends VBox {
  private static final double WIDEST = 1280;

  private final PrepareModel model;
  private final Words words;
  private final SectionCard what;
  private final SectionCard whom;
  private final SectionCard drives;
  private final Label warning = Look.paragraph("");
  private final Label estimate = Look.label("", "small");
  private final Button write;

  public PreparePage(PrepareModel model, Words words, Sheets sheets) {
    this.model = model;
    this.words = words;
    getStyleClass().add("page");
    what =
        card(
            Section.WHAT,
            new WhatView(model.releases(), words, () -> model.open().set(Section.WHOM)));
    whom =
        card(
            Section.WHOM,
            new WhomView(model.devices(), words, () -> model.open().set(Section.DRIVES)));
    drives = card(Section.DRIVES, new DrivesView(model, words));
    write =
        Look.button(
            "",
            () -> model.plan().get().ifPresent(plan -> EraseSheet.show(model, plan, words, sheets)),
            "accent",
            "large-button");
    VBox cards = Look.column(8, what, whom, drives);
    cards.getStyleClass().add("cards");
    cards.setMaxWidth(WIDEST);
    ScrollPane scroll = new ScrollPane(cards);
    scroll.setFitToWidth(true);
    getChildren().addAll(heading(), new Notice(model.trouble(), words), Look.grow(scroll), foot());
    model.open().subscribe(_ -> show());
    model.plan().subscribe(_ -> show());
    model.starting().subscribe(_ -> show());
    model.releases().all().subscribe(this::show);
    model.devices().all().subscribe(this::show);
    model.drives().all().subscribe(this::show);
    show();
  }

  private SectionCard card(Section section, VBox body) {
    return new SectionCard(
        words.text("prepare." + section), body, words, () -> model.open().set(section));
  }

  private HBox heading() {
    HBox heading =
        Look.row(
            12,
            Look.label(words.text("page.prepare"), "page-title"),
            Look.spacer(),
            Look.button(words.text("prepare.over"), model::startOver));
    heading.getStyleClass().addAll("page-heading", "plain");
    return heading;
  }

  private HBox foot() {
    warning.setGraphicTextGap(12);
    VBox sentences = Look.column(2, warning, estimate);
    HBox foot = Look.row(16, Look.grow(sentences), write);
    foot.getStyleClass().add("page-foot");
    return foot;
  }

  private void show() {
    Section open = model.open().get();
    List<Row> releases = model.releases().chosen();
    List<Device> devices = model.devices().chosen().stream().map(ManifestRow::device).toList();
    Optional<Plan> plan = model.plan().get();
    long bytes = releases.stream().mapToLong(Row::size).sum();
    what.show(
        open == Section.WHAT,
        !releases.isEmpty(),
        Summary.releases(releases, words),
        releases.isEmpty()
            ? ""
            : words.text("prepare.what.figures", releases.size(), words.size(bytes)));
    whom.show(
        open == Section.WHOM,
        !devices.isEmpty(),
        Summary.sites(devices, words),
        devices.isEmpty() ? "" : words.text("prepare.devices", devices.size()));
    drives.show(open == Section.DRIVES, false, fits(plan), "");
    boolean ready = plan.filter(Plan::fits).isPresent();
    write.setDisable(!ready || model.starting().get());
    write.setText(words.text("prepare.write", plan.map(Plan::drivesUsed).orElse(0L)));
    warn(plan, ready);
    estimate.setText(
        plan.filter(Plan::fits)
            .map(made ->
                words.text(
                    "prepare.estimate", words.size(made.bytes()), words.about(made.estimate())))
            .orElse(""));
    Look.present(estimate, ready);
  }

  private String fits(Optional<Plan> plan) {
    if (model.releases().chosen().isEmpty()) return words.text("prepare.drives.later");
    if (model.drives().chosen().isEmpty()) return words.text("prepare.drives.choose");
    if (plan.isEmpty()) return words.text("prepare.drives.no-plan");
    Plan made = plan.get();
    if (!made.fits()) return words.text("prepare.short", words.size(made.shortBy()));
    return words.text("prepare.fits", made.drivesUsed(), model.drives().all().size());
  }

  private void warn(Optional<Plan> plan, boolean ready) {
    long foreign = plan.map(this::foreignDrives).orElse(0L);
    boolean calm = ready && foreign == 0;
    warning.setGraphic(calm || plan.isEmpty() ? null : Look.icon(Mood.ATTENTION));
    warning.setText(
        plan.isEmpty()
            ? words.text("prepare.nothing")
            : !ready
                ? words.text("prepare.short.next")
                : words.text(foreign > 0 ? "prepare.foreign" : "prepare.ready", foreign));
  }

  private long foreignDrives(Plan plan) {
    return plan.drives().stream()
        .filter(Plan.PlannedDrive::isUsed)
        .filter(drive ->
            model.drives().chosen().stream()
                .anyMatch(
                    tile -> tile.path().equals(drive.target()) && tile.holds() == Holds.FOREIGN))
        .count();
  }
}
