package org.fieldlift.desktop.prepare;

import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.fieldlift.desktop.look.Look;
import org.fieldlift.desktop.look.Notice;
import org.fieldlift.desktop.look.Remarks;
import org.fieldlift.desktop.look.Sheets;
import org.fieldlift.desktop.prepare.PrepareModel.Section;
import org.fieldlift.desktop.words.Mood;
import org.fieldlift.desktop.words.Words;
import org.fieldlift.engine.ReleaseDesk.Row;
import org.fieldlift.io.PlainText;
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
  private final ObjectProperty<List<String>> remarks = new SimpleObjectProperty<>(List.of());
  private final StackPane sign = new StackPane();
  private final Label warning = Look.paragraph("");
  private final Label estimate = Look.paragraph("", "small");
  private final Label because = Look.paragraph("", "small");
  private final Button why;
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
    why =
        Look.button(
            words.text("prepare.why"),
            () -> ReasonSheet.show(model, words, sheets),
            "large-button");
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
    getChildren()
        .addAll(
            heading(),
            new Notice(model.trouble(), words),
            new Remarks(remarks),
            Look.grow(scroll),
            foot());
    model.open().subscribe(_ -> show());
    model.question().subscribe(_ -> show());
    model.planning().subscribe(_ -> show());
    model.plan().subscribe(_ -> show());
    model.trouble().subscribe(_ -> show());
    model.objection().subscribe(_ -> show());
    model.starting().subscribe(_ -> show());
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
    sign.getStyleClass().add("remark-icon");
    VBox sentences = Look.column(2, warning, estimate, because);
    sentences.setAlignment(Pos.CENTER_LEFT);
    HBox foot = Look.row(12, sign, Look.grow(sentences), why, write);
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
    write.setDisable(!ready || model.planning().get() || model.starting().get());
    write.setText(words.text("prepare.write", plan.map(Plan::drivesUsed).orElse(0L)));
    warn(plan);
    remarks.set(plan.stream().flatMap(made -> made.remarks().stream()).map(words::dated).toList());
    because.setText(words.text("prepare.because", PlainText.of(model.why())));
    Look.present(because, !model.why().isEmpty());
    Look.present(why, model.objection().get().isPresent());
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
    if (model.objection().get().isPresent()) return words.text("prepare.drives.objection");
    if (plan.isEmpty()) {
      return words.text(
          model.planning().get() ? "prepare.drives.planning" : "prepare.drives.no-plan");
    }
    Plan made = plan.get();
    if (!made.fits()) return words.text("prepare.short", words.size(made.shortBy()));
    return words.text("prepare.fits", made.drivesUsed(), model.drives().all().size());
  }

  private void warn(Optional<Plan> plan) {
    long foreign = plan.map(PreparePage::foreignDrives).orElse(0L);
    boolean attention =
        model.objection().get().isPresent()
            || plan.filter(made -> !made.fits() || foreign > 0).isPresent();
    sign.getChildren().setAll(attention ? List.of(Look.icon(Mood.ATTENTION)) : List.of());
    Look.present(sign, attention);
    warning.setText(
        plan.map(made -> advice(made, foreign))
            .or(() ->
                model
                    .objection()
                    .get()
                    .map(what -> words.text("spaced", what, words.text("prepare.why.next"))))
            .orElse(
                words.text(
                    model.trouble().get().isPresent()
                        ? "prepare.no-plan.next"
                        : "prepare.nothing")));
  }

  private String advice(Plan plan, long foreign) {
    if (!plan.fits()) return words.text("prepare.short.next");
    return words.text(foreign > 0 ? "prepare.foreign" : "prepare.ready", foreign);
  }

  private static long foreignDrives(Plan plan) {
    return plan.used().stream().filter(drive -> Split.isForeign(drive.now())).count();
  }
}
