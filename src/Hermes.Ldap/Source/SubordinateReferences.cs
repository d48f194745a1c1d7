using System.Collections.Concurrent;
using System.DirectoryServices.Protocols;

namespace Hermes.Ldap.Source;

/// <summary>References to other servers that searches come upon: which count, and which were told already.</summary>
internal sealed class SubordinateReferences
{
    // Partitions that every domain of Active Directory refers to from its base, and that hold none of its users and groups.
    private static readonly string[] Partitions = ["/DC=DomainDnsZones,", "/DC=ForestDnsZones,", "/CN=Configuration,"];

    private readonly ConcurrentDictionary<string, int> _told = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many references of a page lead to data that may be missed.</summary>
    public static int Count(SearchResponse page)
    {
        var count = 0;
        foreach (SearchResultReference reference in page.References)
        {
            if (!reference.Reference.All(IsPartition))
                count++;
        }

        return count;
    }

    /// <summary>Whether there are references below a base, and not as many as were told before.</summary>
    public bool IsNews(string @base, int count)
    {
        var before = _told.GetValueOrDefault(@base);
        _told[@base] = count;
        return count > 0 && count != before;
    }

    internal static bool IsPartition(Uri reference)
    {
        var text = Uri.UnescapeDataString(reference.OriginalString);
        return Partitions.Any(partition => text.Contains(partition, StringComparison.OrdinalIgnoreCase));
    }
}
