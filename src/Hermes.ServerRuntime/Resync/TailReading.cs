using System.Runtime.CompilerServices;
using Hermes.Abstractions.Buses;

namespace Hermes.ServerRuntime.Resync;

/// <summary>Reads the end of a bus.</summary>
internal static class TailReading
{
    /// <summary>The last messages up to one, or those of them that the bus still has, oldest first.</summary>
    public static async IAsyncEnumerable<ReceivedMessage> ReadAsync(
        IMessageBusConsumer reader, BusOffset last, int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = last.Value < count ? BusPosition.Beginning : BusPosition.At(new BusOffset(last.Value - count + 1));
        while (true)
        {
            var messages = reader.ReadAsync(start, cancellationToken).GetAsyncEnumerator(cancellationToken);
            await using (messages)
            {
                BusOffset? kept = null;
                try
                {
                    if (!await messages.MoveNextAsync())
                        yield break;
                }
                catch (BusMessageExpiredException expired) when (expired.First is { } first && first <= last)
                {
                    kept = first;
                }

                if (kept is { } from)
                {
                    start = BusPosition.At(from);
                    continue;
                }

                do
                {
                    yield return messages.Current;
                }
                while (messages.Current.Offset < last && await messages.MoveNextAsync());
                yield break;
            }
        }
    }
}
