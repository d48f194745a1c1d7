using Hermes.Abstractions.Buses;

namespace ThirdParty.Bus;

/// <summary>Sends messages into a folder: a file per send.</summary>
internal sealed class FolderBusProducer(FolderBusOptions options, TimeProvider time) : IMessageBusProducer
{
    private readonly MessageFiles _files = new(options.Folder);

    public async Task SendAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
            return;
        try
        {
            var now = time.GetUtcNow();
            await _files.AppendAsync([.. messages.Select(message => StoredMessage.Of(message, now))], cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw _files.Explain(failure);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
