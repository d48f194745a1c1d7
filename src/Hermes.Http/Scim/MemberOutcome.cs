using Hermes.Abstractions;
using Hermes.Http.Connection;

namespace Hermes.Http.Scim;

/// <summary>What a service did not do of what it was asked for the members of a resource.</summary>
/// <param name="Resource">The resource, for messages.</param>
/// <param name="Missing">Who was to be added, and is none.</param>
/// <param name="Surplus">Who was to be taken out, and is still one.</param>
/// <param name="Refusal">What the service said of the last that it refused; null if it refused none.</param>
internal sealed record MemberOutcome(string Resource, IReadOnlyList<string> Missing, IReadOnlyList<string> Surplus, HttpFaultException? Refusal)
{
    private const string Advice = "The service said that all went well. Try another MemberRemoval, or Update.";
    private const int MostShown = 5;

    /// <summary>What it means for some of the members; null if all is well with them.</summary>
    public HttpFaultException? FaultOf(Func<string, bool> isMeant)
    {
        string[] missing = [.. Missing.Where(isMeant)], surplus = [.. Surplus.Where(isMeant)];
        return missing.Length + surplus.Length == 0
            ? null
            : new($"{Resource}: {Told(missing, "was not added")}{Told(surplus, "was not taken out")}{Refusal?.Message ?? Advice}", FaultKind.Permanent);
    }

    private static string Told(string[] members, string what) => members.Length == 0
        ? ""
        : $"of the members it should have had, {members.Length} {what} ({string.Join(", ", members.Take(MostShown))}{(members.Length > MostShown ? ", ..." : "")}). ";
}
