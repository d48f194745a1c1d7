using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Http.Scim;

/// <summary>Tells whether a resource that is met may be an entry's, and says what to do if not.</summary>
internal sealed class Ownership(ResourceLayout layout, ResourceFinder finder)
{
    /// <summary>The one of some resources that is the entry's, or may be taken over for it; null if there is none.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="mayBeMade">Whether this client can have made one: it looked before and found none, or was killed meanwhile.</param>
    /// <param name="context">Knows the owners.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TargetConflictException">One is in the way that is not the entry's.</exception>
    public async Task<ScimResource?> ChooseAsync(IReadOnlyList<ScimResource> found, Entry entry, bool mayBeMade, TargetContext context, CancellationToken cancellationToken)
    {
        var free = new List<ScimResource>();
        foreach (var resource in found)
        {
            if (await OwnerAsync(resource, context, cancellationToken) is null)
                free.Add(resource);
        }

        // What others own is no hindrance by itself: names of groups need not be unique. The service says so if they must.
        if (free.Count == 0)
            return null;
        if (free.Count > 1)
        {
            throw new TargetConflictException(
                $"{free.Count} resources may be its: {string.Join(", ", free.Take(5).Select(resource => resource.Id))}. None was touched. "
                + "Let Match name an attribute that tells one.",
                free[0].Id);
        }

        return IsIts(free[0], entry, mayBeMade) ? free[0] : throw await TakenAsync(free, entry, context, cancellationToken);
    }

    /// <summary>Whether a resource without an owner is the one that an entry without a link had: nothing else is known of it.</summary>
    public bool WasIts(ScimResource resource, Entry entry) => layout.ExternalId is null || finder.IsMarked(resource, entry);

    /// <summary>The refusal of what a resource has.</summary>
    public async Task<TargetConflictException> TakenAsync(IReadOnlyList<ScimResource> holders, Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        if (holders.Count == 0)
            return new("The service says that a value is taken which must be unique, and no resource shows it. It may belong to one that the account cannot see.", null);
        foreach (var holder in holders)
        {
            if (await OwnerAsync(holder, context, cancellationToken) is { } owner)
            {
                return new(
                    $"The name is taken by {Show(holder)}; it is that of {owner}. It was not touched. The change waits until that one gives the name away; "
                    + "if it does not, give one of the two another name.",
                    holder.Id);
            }
        }

        var whose = ScimValue.Read(ScimPath.ExternalId.Read(holders[0].Content)) is { IsSet: true } other
            ? finder.IsMarked(holders[0], entry) ? "its externalId is that of this entry" : $"its externalId is {other}"
            : "it has no externalId";
        var advice = layout.WhenExists == ScimWhenExists.Refuse
            ? "Give one of the two another name, or delete the resource."
            : "If the two are the same, let the resource be adopted: set WhenExists to Adopt, and give it this entry's externalId if it has another. "
                + "If they are not, give one of them another name.";
        return new($"The name is taken by {Show(holders[0])}; {whose}. It was not touched. {advice}", holders[0].Id);
    }

    /// <summary>Whose a resource is, if it is another entry's.</summary>
    public static async Task<EntryId?> OwnerAsync(ScimResource resource, TargetContext context, CancellationToken cancellationToken) =>
        resource.Id == context.Link ? null : await context.FindOwnerAsync(resource.Id, cancellationToken);

    // Adopted is what the rules found, unless its externalId proves that it is something else's.
    private bool IsIts(ScimResource resource, Entry entry, bool mayBeMade)
    {
        var isMarked = finder.IsMarked(resource, entry);
        var isAnothers = !isMarked && layout.ExternalId is not null && ScimPath.ExternalId.Read(resource.Content) is not null;
        if (layout.WhenExists == ScimWhenExists.Adopt && !isAnothers)
            return true;
        return mayBeMade && (layout.ExternalId is null ? Holds(resource, entry) : isMarked);
    }

    private bool Holds(ScimResource resource, Entry entry) =>
        layout.Plain.All(pair => ScimValue.AreSame(ScimValue.Read(layout.Of(entry, pair.Local)), ScimValue.Read(pair.Path.Read(resource.Content)), pair.Path.IgnoresCase));

    private string Show(ScimResource resource) => $"the resource {layout.Endpoint}/{resource.Id} ({layout.NameOf(resource)})";
}
