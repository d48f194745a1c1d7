using Hermes.Abstractions.Data;
using Hermes.Diff.Mapping;
using Hermes.Diff.Model;
using Hermes.Diff.Templates;

namespace Hermes.Diff.Polling;

/// <summary>How a poll works out one type: <see cref="StreamedType"/> or <see cref="CollectedType"/>.</summary>
internal interface ITypePoll
{
    /// <summary>What was found so far.</summary>
    TypeChanges Changes { get; }

    /// <summary>The keys of the entries as they stand.</summary>
    IKeySet Keys { get; }

    /// <summary>The entries as they stand. Known for collected types only; the plan sees to it that nobody asks others.</summary>
    IEnumerable<Entry> Entries { get; }

    /// <summary>What maps the rows of a source.</summary>
    SourceMapping MappingOf(TypeSource source);
}
