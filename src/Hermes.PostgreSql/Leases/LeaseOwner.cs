namespace Hermes.PostgreSql.Leases;

/// <summary>
/// The name of one opening of a state: random, with the name of its machine for people. A part of what its sessions are called, which PostgreSQL cuts off after
/// 63 bytes.
/// </summary>
internal static class LeaseOwner
{
    private const char Separator = '@';
    private const int LongestMachine = 20;

    public static string New() => New(Environment.MachineName);

    public static string New(string machine) =>
        $"{Guid.NewGuid():N}{Separator}{string.Concat(machine.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.').Take(LongestMachine))}";

    /// <summary>The machine of an owner.</summary>
    public static string MachineOf(string? owner) => owner?.Split(Separator) is [_, { Length: > 0 } machine] ? machine : "a machine without a name";
}
