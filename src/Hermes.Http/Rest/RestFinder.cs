using System.Text.Json;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Connection;
using Hermes.Http.Source;

namespace Hermes.Http.Rest;

/// <summary>Looks for the objects that an entry without a link may have.</summary>
internal sealed class RestFinder(RestLayout layout, RestClient client, RestReader reader, RestTargetOptions options)
{
    /// <summary>Whether it costs one request, and not all pages.</summary>
    public bool IsCheap => layout.Search is not null;

    /// <summary>The links of the objects that are equal to an entry in what <see cref="RestTypeOptions.Match"/> names.</summary>
    /// <exception cref="HttpFaultException">The service does not answer as it should.</exception>
    /// <exception cref="TargetException">The objects cannot all be read.</exception>
    public async Task<IReadOnlyList<string>> FindAsync(Entry entry, CancellationToken cancellationToken)
    {
        if (layout.Match.Count == 0 || layout.Match.Any(name => !entry.Get(name).IsSet))
            return [];
        var found = new List<string>();
        if (layout.Search is { } search)
        {
            if (await client.GetAsync(search, entry, null, cancellationToken) is { } answer)
                found.AddRange(Told(answer).Where(item => Matches(item, entry)).Select(item => item.Link));
        }
        else if (reader.CanReadAll)
        {
            await foreach (var item in reader.ReadAsync([], cancellationToken))
            {
                if (Matches(item, entry))
                    found.Add(item.Link);
            }
        }

        return found;
    }

    /// <summary>The one that is the entry's, or may be taken over for it; null if there is none.</summary>
    /// <param name="found">What was found.</param>
    /// <param name="mayBeMade">Whether this client can have made it.</param>
    /// <param name="context">Knows the owners.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="TargetConflictException">One is in the way that is not the entry's.</exception>
    public async Task<string?> ChooseAsync(IReadOnlyList<string> found, bool mayBeMade, TargetContext context, CancellationToken cancellationToken)
    {
        var free = new List<string>();
        foreach (var link in found)
        {
            if (await context.FindOwnerAsync(link, cancellationToken) is null)
                free.Add(link);
        }

        return free switch
        {
            [] => null,
            [var one] when mayBeMade || layout.Options.WhenExists == RestWhenExists.Adopt => one,
            [var one] => throw new TargetConflictException(
                $"The service has an object with the same {string.Join(", ", layout.Match)} already: {one}. It was not touched. "
                + "If it is this entry's, set WhenExists to Adopt.",
                one),
            _ => throw new TargetConflictException(
                $"{free.Count} objects may be its: {string.Join(", ", free.Take(5))}. None was touched. Let Match name an attribute that tells one.", free[0]),
        };
    }

    private bool Matches(TargetObject item, Entry entry) => layout.Match.All(name => RestReader.AreSame(entry.Get(name), item.Content.Get(name)));

    private IReadOnlyList<TargetObject> Told(WebAnswer answer)
    {
        using var document = RestReader.Parse(answer);
        return JsonPointer.TryParse(options.Items)!.TryFind(document.RootElement, out var items) && items.ValueKind == JsonValueKind.Array
            ? [.. items.EnumerateArray().Select((item, index) => reader.ObjectOf(item, index + 1))]
            : throw new HttpFaultException("The answer to Search has no array of items where Items says.", FaultKind.Permanent).At(answer.Address);
    }
}
