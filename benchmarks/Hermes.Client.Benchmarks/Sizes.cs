using System.Globalization;

namespace Hermes.Client.Benchmarks;

/// <summary>How much is on the bus.</summary>
internal sealed record Sizes(int Users, int Groups, int Memberships)
{
    public int Events => Users + Groups + Memberships;

    /// <summary>Three numbers, or none.</summary>
    public static Sizes Read(string[] words) => words is [var users, var groups, var memberships]
        ? new(Number(users), Number(groups), Number(memberships))
        : new(100_000, 5_000, 300_000);

    public string[] ToWords() => [$"{Users}", $"{Groups}", $"{Memberships}"];

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
