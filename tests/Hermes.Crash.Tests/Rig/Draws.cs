using System.Globalization;
using Hermes.Crash.Host;
using Hermes.Crash.Tests.Power;

namespace Hermes.Crash.Tests.Rig;

/// <summary>What the campuses of a run may have in use, or be struck by: all, or the words of <c>HERMES_CRASH_DRAWS</c>, with commas between them.</summary>
internal sealed class Draws
{
    // A journal finds more than the others: it has steps, and all failpoints.
    private static readonly CampusTarget[] Targets =
    [
        CampusTarget.Journal, CampusTarget.Journal, CampusTarget.Table, CampusTarget.Folder, CampusTarget.Directory,
    ];

    // A stream is slower than a file, and cannot be put back.
    private static readonly CampusBus[] Buses = [CampusBus.Sqlite, CampusBus.Sqlite, CampusBus.Sqlite, CampusBus.RabbitMq, CampusBus.PostgreSql];

    private static readonly CampusState[] States = [CampusState.Sqlite, CampusState.Sqlite, CampusState.PostgreSql];

    // Many campuses are struck by nothing: there, the invariants are the strictest.
    private static readonly CampusTrouble[] Troubles =
    [
        CampusTrouble.None, CampusTrouble.None, CampusTrouble.None, CampusTrouble.None,
        CampusTrouble.Restores, CampusTrouble.Restores, CampusTrouble.ClientRestores, CampusTrouble.Rivals, CampusTrouble.Cuts, CampusTrouble.Cuts,
    ];

    private readonly HashSet<string> _words;

    private Draws(IEnumerable<string> words) => _words = words.ToHashSet(StringComparer.Ordinal);

    /// <summary>All words.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. Enum.GetValues<CampusTarget>().Select(Word), .. Enum.GetValues<CampusBus>().Select(Word), .. Enum.GetValues<CampusTrouble>().Select(Word),
    ];

    /// <exception cref="ArgumentException">A word is not known.</exception>
    public static Draws FromEnvironment()
    {
        var words = (Environment.GetEnvironmentVariable("HERMES_CRASH_DRAWS") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Except(All).FirstOrDefault() is { } unknown)
            throw new ArgumentException($"HERMES_CRASH_DRAWS names '{unknown}'. It may name {string.Join(", ", All)}.");
        var drawn = words.Length == 0 ? All : words;
        return new Draws(drawn.Where(word => IsThere(word)));
    }

    /// <summary>Draws what a campus has in use. What is switched off shifts no other draw.</summary>
    public CampusOptions Draw(Random random)
    {
        var drawn = CampusOptions.Draw(random) with
        {
            Target = OneOf(Targets, random),
            ShowsTrashed = random.Next(2) == 0,
            Trouble = OneOf(Troubles, random),
            Bus = OneOf(Buses, random),
            State = OneOf(States, random),
        };

        // What strikes files is not for a database, which is killed.
        return drawn.NeedsDatabase ? drawn with { Trouble = CampusTrouble.None } : drawn;
    }

    private static bool IsThere(string word) =>
        (word != Word(CampusTrouble.Cuts) || PowerCutShim.Path is not null)
        && (word != Word(CampusTarget.Directory) || CampusDirectory.Missing is null)
        && (word != Word(CampusBus.RabbitMq) || CampusBroker.Missing is null)
        && (word != Word(CampusBus.PostgreSql) || CampusDatabase.Missing is null);

    private T OneOf<T>(T[] shares, Random random)
        where T : struct, Enum
    {
        var dice = random.Next();
        var left = shares.Where(share => _words.Contains(Word(share))).ToArray();
        return left.Length == 0 ? default : left[dice % left.Length];
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLower(CultureInfo.InvariantCulture);
}
