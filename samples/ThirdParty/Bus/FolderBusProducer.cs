using Hermes.Abstractions.Buses;

namespace ThirdParty.Bus;

/// <summary>Sends messages into a folder: a file per send.</summary>
internal sealed class FolderBusProducer(FolderBusOptions options, TimeProvider time) : IMessageBusProducer
{
    private readonly MessageFiles _files = new(options.Folder);

    public bool IsConnected { get; private set; }

    public IMessageBusConsumer OpenReader() => new FolderBusConsumer(options, time);

    public async Task SendAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
            return;
        IsConnected = false;
        try
        {
            var now = time.GetUtcNow();
            await _files.AppendAsync([.. messages.Select(message => StoredMessage.Of(message, now))], cancellationToken);
            IsConnected = true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw _files.Explain(failure);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
