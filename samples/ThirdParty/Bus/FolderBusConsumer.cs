using System.Runtime.CompilerServices;
using Hermes.Abstractions.Buses;

namespace ThirdParty.Bus;

/// <summary>Reads messages from a folder, file by file, and then looks for new files.</summary>
internal sealed class FolderBusConsumer(FolderBusOptions options, TimeProvider time) : IMessageBusConsumer
{
    private readonly MessageFiles _files = new(options.Folder);

    public ValueTask<BusOffset?> GetLastOffsetAsync(CancellationToken cancellationToken) =>
        new(Try(_files.List) is [.., var newest] ? new BusOffset(newest.Last) : null);

    public ValueTask<string?> GetIncarnationAsync(CancellationToken cancellationToken) => new(Try(_files.ReadIncarnation));

    public async IAsyncEnumerable<ReceivedMessage> ReadAsync(BusPosition start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var wanted = start.Offset?.Value ?? Try(_files.List).Select(file => file.First).FirstOrDefault(1);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var files = Try(_files.List);
            RequireWithin(files, wanted);
            foreach (var file in files.Where(file => file.Last >= wanted))
            {
                foreach (var message in Try(() => _files.Read(file).ToList()).Skip((int)(wanted - file.First)))
                    yield return message;
                wanted = file.Last + 1;
            }

            await Task.Delay(options.LookEvery, time, cancellationToken);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Never skips silently: neither what was deleted, nor what another bus in the same place does not have.
    private static void RequireWithin(IReadOnlyList<(long First, long Last)> files, long wanted)
    {
        var (first, last) = files.Count == 0 ? (1, 0) : (files[0].First, files[^1].Last);
        if (wanted < first)
            throw new BusMessageExpiredException(new(wanted), new(first));
        if (wanted > last + 1)
            throw new BusPositionBeyondEndException(new(wanted), last == 0 ? null : new(last));
    }

    private T Try<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw _files.Explain(failure);
        }
    }
}
