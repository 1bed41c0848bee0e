//! One HTML file with everything in it, the chart as inline SVG.

use askama::Template;
use claimproof_suite::Text as Words;
use plotters::prelude::*;

use crate::latency::{Percentiles, Point};
use crate::report::Measurement;

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum HtmlError {
    /// The chart cannot be drawn.
    #[error("the page cannot be written: {0}")]
    Chart(#[from] DrawingAreaErrorKind<std::io::Error>),
    /// The page cannot be filled in.
    #[error("the page cannot be written: {0}")]
    Page(#[from] askama::Error),
}

#[derive(Template)]
#[template(path = "load.html")]
struct Page<'r> {
    report: &'r Measurement,
    latencies: [(&'static str, Percentiles); 2],
    chart: String,
}

#[derive(Template)]
#[template(
    source = "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>load</title>\n</head>\n<body>\n<p><strong>The run did not come to its end:</strong> {{ why }}</p>\n</body>\n</html>\n",
    ext = "html"
)]
struct Nothing<'w> {
    why: &'w Words,
}

/// The page of a run that measured nothing, and why.
pub fn of_nothing(why: &Words) -> Result<String, HtmlError> {
    Ok(Nothing { why }.render()?)
}

/// A page that loads nothing.
pub fn render(report: &Measurement) -> Result<String, HtmlError> {
    let chart = chart(&report.latency_us.curve)?;
    let latencies =
        [("response", report.latency_us.response), ("service", report.latency_us.service)];
    Ok(Page { report, latencies, chart }.render()?)
}

/// Latency over percentiles; each grid line is ten times nearer to a hundred.
fn chart(curve: &[Point]) -> Result<String, HtmlError> {
    let mut svg = String::new();
    draw(curve, &mut svg)?;
    Ok(svg)
}

fn draw(curve: &[Point], svg: &mut String) -> Result<(), HtmlError> {
    let nines = |point: &Point| -(1.0 - point.percentile / 100.0).log10();
    let right = curve.last().map_or(1.0, nines).max(1.0);
    let highest = curve.iter().map(|point| point.response.max(point.service)).max().unwrap_or(1);
    let area = SVGBackend::with_string(svg, (860, 380)).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .margin(16)
        .x_label_area_size(40)
        .y_label_area_size(64)
        .build_cartesian_2d(0.0..right, 0.0..millis(highest).max(0.001) * 1.05)?;
    let percent = |nines: &f64| format!("{} %", (1.0 - 10_f64.powf(-nines)) * 100.0);
    let axes = &mut chart.configure_mesh();
    axes.x_desc("percentile").y_desc("milliseconds").x_label_formatter(&percent).draw()?;
    let response: fn(&Point) -> u64 = |point| point.response;
    for (name, color, value) in
        [("response", RED, response), ("service", BLUE, |point| point.service)]
    {
        let points = curve.iter().map(|point| (nines(point), millis(value(point))));
        let legend = move |(x, y)| PathElement::new([(x, y), (x + 20, y)], color);
        chart
            .draw_series(LineSeries::new(points, color.stroke_width(2)))?
            .label(name)
            .legend(legend);
    }
    let mut legend = chart.configure_series_labels();
    legend
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE)
        .border_style(BLACK)
        .draw()?;
    area.present()?;
    Ok(())
}

#[expect(clippy::as_conversions, reason = "microseconds of an answer are exact in a float")]
fn millis(micros: u64) -> f64 {
    micros as f64 / 1000.0
}
