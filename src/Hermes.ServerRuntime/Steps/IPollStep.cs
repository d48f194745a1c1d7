namespace Hermes.ServerRuntime.Steps;

/// <summary>
/// One step of what a server does over and over. It either completes or throws; whatever is durable by then stays, and the next run goes on
/// from there. The steps that work on a stream put theirs around that of the step before; nothing flows until a later step pulls.
/// </summary>
internal interface IPollStep
{
    ValueTask RunAsync(PollContext poll, CancellationToken cancellationToken);
}
