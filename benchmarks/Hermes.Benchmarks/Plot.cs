using System.Globalization;
using System.Text;
using Hermes.Benchmarks.Phases;

namespace Hermes.Benchmarks;

/// <summary>Draws seconds over entries, both on logarithmic axes, as SVG: a line of slope one is linear growth.</summary>
internal static class Plot
{
    private const double Width = 720;
    private const double Height = 440;
    private const double Margin = 60;

    private static readonly (string Phase, string Colour)[] Lines =
    [
        (Phase.BareRead, "#888888"), (Phase.NoChangePoll, "#1b7837"), (Phase.FirstPoll, "#2166ac"), (Phase.InitSync, "#b2182b"),
        (Phase.ClientInitialisation, "#762a83"),
    ];

    public static string Draw(IReadOnlyList<BenchmarkRun> runs)
    {
        var seconds = runs.SelectMany(run => Lines.Select(line => run.Figures[line.Phase].Seconds)).ToList();
        var (left, right) = (Math.Log10(runs.Min(run => run.Entries)), Math.Log10(runs.Max(run => run.Entries)));
        var (bottom, top) = (Math.Floor(Math.Log10(seconds.Min())), Math.Ceiling(Math.Log10(seconds.Max())));
        double X(double entries) => Margin + ((Math.Log10(entries) - left) / Math.Max(right - left, 1e-9) * (Width - (2 * Margin) - 140));
        double Y(double time) => Height - Margin - ((Math.Log10(time) - bottom) / (top - bottom) * (Height - (2 * Margin)));

        var svg = new StringBuilder();
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"12\">");
        Add($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"white\"/>");
        for (var power = bottom; power <= top; power++)
        {
            var y = Y(Math.Pow(10, power));
            Add($"<line x1=\"{Margin}\" x2=\"{Width - Margin - 140}\" y1=\"{y:0.0}\" y2=\"{y:0.0}\" stroke=\"#dddddd\"/>");
            Add($"<text x=\"{Margin - 6}\" y=\"{y + 4:0.0}\" text-anchor=\"end\">{Math.Pow(10, power):0.###} s</text>");
        }

        foreach (var run in runs)
            Add($"<text x=\"{X(run.Entries):0.0}\" y=\"{Height - Margin + 18}\" text-anchor=\"middle\">{run.Entries:#,0}</text>");
        for (var i = 0; i < Lines.Length; i++)
        {
            var (phase, colour) = Lines[i];
            var points = string.Join(' ', runs.Select(run => string.Create(CultureInfo.InvariantCulture, $"{X(run.Entries):0.0},{Y(run.Figures[phase].Seconds):0.0}")));
            Add($"<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>");
            Add($"<text x=\"{Width - Margin - 130}\" y=\"{Margin + (i * 18)}\" fill=\"{colour}\">{phase}</text>");
        }

        Add($"<text x=\"{Margin}\" y=\"{Margin - 20}\">seconds over entries</text></svg>");
        return svg.ToString();

        void Add(FormattableString line) => svg.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }
}
