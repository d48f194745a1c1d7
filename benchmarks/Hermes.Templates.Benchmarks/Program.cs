using System.Globalization;
using Hermes.Templates;
using Hermes.Templates.Benchmarks;

// Evaluations per second on one core, and bytes allocated per evaluation, best of several rounds.
//   dotnet run -c Release --project benchmarks/Hermes.Templates.Benchmarks
var engine = new JinjaTemplateEngine();
Console.WriteLine($"{"evaluations/s",14} {"CPU ns",8} {"bytes",7}  template");
foreach (var subject in Subjects.All)
{
    var template = engine.Compile(subject.Template);
    var values = template.Variables.Select(name => subject.Variables[name]).ToArray();
    var best = Enumerable.Range(0, 8).Select(_ => Round.Measure(template, values)).MinBy(round => round.Nanoseconds)!;
    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{1e9 / best.Nanoseconds,14:N0} {best.Nanoseconds,8:F0} {best.BytesAllocated,7:F0}  {subject.Template}"));
}
