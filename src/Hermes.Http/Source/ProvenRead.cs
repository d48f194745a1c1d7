using Hermes.Abstractions.Data;
using Microsoft.Extensions.Logging;

namespace Hermes.Http.Source;

/// <summary>Reads until a read is proved to be complete, or often enough. Nothing of a read is handed on before that.</summary>
/// <param name="subject">The source, for logs.</param>
/// <param name="options">The settings.</param>
/// <param name="logger">Is told of reads that are begun anew.</param>
/// <param name="pass">Makes one read.</param>
internal sealed class ProvenRead(string subject, HttpSourceOptions options, ILogger logger, Func<CancellationToken, Task<Dictionary<EntryKey, Value[]>>> pass)
{
    /// <summary>Reads all items.</summary>
    /// <exception cref="IncompleteReadException">No read was proved to be complete.</exception>
    public async Task<IReadOnlyCollection<Value[]>> RunAsync(CancellationToken cancellationToken)
    {
        Dictionary<EntryKey, Value[]>? before = null;
        for (var repeated = 0; ;)
        {
            IncompleteReadException? failure = null;
            try
            {
                var items = await pass(cancellationToken);
                if (options.Proof != ReadProof.TwoPasses || (before is not null && AreEqual(before, items)))
                    return items.Values;
                if (before is not null)
                    failure = new IncompleteReadException("Two reads, one after the other, gave different items.");
                before = items;
            }
            catch (IncompleteReadException incomplete)
            {
                (failure, before) = (incomplete, null);
            }

            if (failure is null)
                continue;
            if (repeated == options.Rereads)
                throw failure;
            Log.ReadRepeated(logger, subject, ++repeated, options.Rereads, failure.Message);
        }
    }

    private static bool AreEqual(Dictionary<EntryKey, Value[]> left, Dictionary<EntryKey, Value[]> right) =>
        left.Count == right.Count && left.All(item => right.TryGetValue(item.Key, out var values) && values.AsSpan().SequenceEqual(item.Value));
}
