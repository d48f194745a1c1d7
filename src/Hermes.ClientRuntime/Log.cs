using Microsoft.Extensions.Logging;

namespace Hermes.ClientRuntime;

/// <summary>Everything a client logs. No message holds an attribute's value.</summary>
internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Information, "Client {Client} starts: Receive -> Decode -> Admit -> Convert -> Gate -> Apply -> Store. Data types: {Types}")]
    public static partial void Starting(this ILogger log, string client, string types);

    [LoggerMessage(201, LogLevel.Information, "Client {Client} goes on at {Place}; {Queued} event(s) in the error queue")]
    public static partial void Resuming(this ILogger log, string client, string place, int queued);

    [LoggerMessage(
        237,
        LogLevel.Warning,
        "Client {Client} does not know what its target has of the events from {Next} up to {Last}: the machine went down, or an older state was put back. "
            + "They wait until all of them have come, and what they come to together is then applied")]
    public static partial void Replaying(this ILogger log, string client, string next, long last);

    [LoggerMessage(202, LogLevel.Information, "Client {Client} waits for a complete initsync on the bus. Ask the server for one if none was sent")]
    public static partial void WaitingForInitSync(this ILogger log, string client);

    [LoggerMessage(199, LogLevel.Error, "Client {Client} does not use the bound of an initsync at offset {Offset}: {Reason}")]
    public static partial void RefusedInitSync(this ILogger log, string client, long offset, string reason);

    [LoggerMessage(203, LogLevel.Information, "Client {Client} initialises from the initsync at offsets {Start} to {Stop}")]
    public static partial void Initialising(this ILogger log, string client, long start, long stop);

    [LoggerMessage(204, LogLevel.Information, "Client {Client} stopped")]
    public static partial void Stopped(this ILogger log, string client);

    [LoggerMessage(205, LogLevel.Information, "Client {Client} is paused")]
    public static partial void Paused(this ILogger log, string client);

    [LoggerMessage(206, LogLevel.Information, "Client {Client} is resumed")]
    public static partial void Resumed(this ILogger log, string client);

    [LoggerMessage(218, LogLevel.Warning, "Client {Client} is asked to take a complete initsync as the whole truth. Reason given: {Reason}")]
    public static partial void ReinitialisationWanted(this ILogger log, string client, string reason);

    [LoggerMessage(207, LogLevel.Warning, "Client {Client} takes the initsync at offsets {Start} to {Stop} as the whole truth: what is not in it is removed")]
    public static partial void Reinitialising(this ILogger log, string client, long start, long stop);

    [LoggerMessage(208, LogLevel.Information, "Client {Client} is re-initialised; {Queued} event(s) in the error queue")]
    public static partial void Reinitialised(this ILogger log, string client, int queued);

    [LoggerMessage(209, LogLevel.Error, "Client {Client} cannot use the initsync: {Reason} It waits for the next one. Ask the server for it")]
    public static partial void InitSyncUnusable(this ILogger log, string client, string reason);

    [LoggerMessage(210, LogLevel.Debug, "Client {Client} skips the event at offset {Offset}: number {Sequence} of producer {Producer} was seen before")]
    public static partial void SkippedRepeat(this ILogger log, string client, long offset, string producer, long sequence);

    [LoggerMessage(211, LogLevel.Error, "Client {Client} is behind. {Reason} {WhatToDo}")]
    public static partial void FellBehind(this ILogger log, string client, string reason, string whatToDo);

    [LoggerMessage(216, LogLevel.Warning, "Client {Client} misses events of a producer that it does not follow: {Producer} went from number {Last} to {Sequence}")]
    public static partial void SawGap(this ILogger log, string client, string producer, long last, long sequence);

    [LoggerMessage(217, LogLevel.Error, "Client {Client}: {Finding}")]
    public static partial void OtherProducer(this ILogger log, string client, string finding);

    [LoggerMessage(212, LogLevel.Error, "Client {Client} set the message at offset {Offset} aside as a dead letter: {Reason}")]
    public static partial void SetAside(this ILogger log, string client, long offset, string reason);

    [LoggerMessage(213, LogLevel.Information, "Client {Client} takes over a new data schema: {Changes}")]
    public static partial void SchemaChanged(this ILogger log, string client, string changes);

    [LoggerMessage(214, LogLevel.Information, "Client {Client} works out the change of its own data model: {Changes}")]
    public static partial void ModelChanged(this ILogger log, string client, string changes);

    [LoggerMessage(215, LogLevel.Warning, "Client {Client}: {Finding}")]
    public static partial void SchemaFinding(this ILogger log, string client, string finding);

    [LoggerMessage(219, LogLevel.Error, "Client {Client} holds the removal of {Count} of {Before} entries of {Type} ({Digest}): approve or reject it")]
    public static partial void RemovalsHeld(this ILogger log, string client, long count, long before, string type, string digest);

    [LoggerMessage(225, LogLevel.Warning, "Client {Client}: the removal of {Type} ({Digest}) was {Decision}, by {Actor}: {Reason}")]
    public static partial void RemovalsDecided(this ILogger log, string client, string type, string digest, string decision, string actor, string reason);

    [LoggerMessage(220, LogLevel.Warning, "Client {Client} queues {Event}: {Reason}")]
    public static partial void Queued(this ILogger log, string client, string @event, string reason);

    [LoggerMessage(221, LogLevel.Warning, "Client {Client} tried {Event} again in vain (attempt {Attempt}): {Reason}")]
    public static partial void RetryFailed(this ILogger log, string client, string @event, int attempt, string reason);

    [LoggerMessage(222, LogLevel.Information, "Client {Client} applied {Event} from the error queue")]
    public static partial void RetrySucceeded(this ILogger log, string client, string @event);

    [LoggerMessage(223, LogLevel.Warning, "Client {Client}: {Event} was discarded from the error queue, by {Actor}: {Reason}")]
    public static partial void Discarded(this ILogger log, string client, string @event, string actor, string reason);

    [LoggerMessage(226, LogLevel.Information, "Client {Client}: operation {Id}, {Operation}, for the reason: {Reason}")]
    public static partial void OperationTold(this ILogger log, string client, string id, string operation, string reason);

    [LoggerMessage(224, LogLevel.Information, "Client {Client} removes {Type}[{Key}] from the trashbin for good")]
    public static partial void Purging(this ILogger log, string client, string type, string key);

    [LoggerMessage(228, LogLevel.Information, "Client {Client}: the object of {Holder} stepped aside for {Event}")]
    public static partial void SteppedAside(this ILogger log, string client, string holder, string @event);

    [LoggerMessage(226, LogLevel.Warning, "Client {Client}: the object of {Holder} could not step aside for {Event}: {Reason}")]
    public static partial void DidNotStepAside(this ILogger log, string client, string holder, string @event, string reason);

    [LoggerMessage(227, LogLevel.Warning, "Client {Client}: the object of {Entry} is missing on the target and is made anew")]
    public static partial void MadeAnew(this ILogger log, string client, string entry);

    [LoggerMessage(233, LogLevel.Information, "Client {Client} compared its target. {Report}")]
    public static partial void Compared(this ILogger log, string client, string report);

    [LoggerMessage(236, LogLevel.Warning, "Client {Client}: {Entry} is linked with {Link} by {Actor}. Reason given: {Reason}")]
    public static partial void LinkChanged(this ILogger log, string client, string entry, string link, string actor, string reason);

    [LoggerMessage(235, LogLevel.Warning, "Client {Client} could not compare {Type} with its target, and tries again: {Reason}")]
    public static partial void NotCompared(this ILogger log, string client, string type, string reason);

    [LoggerMessage(239, LogLevel.Warning, "Client {Client}: the target keeps {Type} at {Place} now, and kept them at {Former}. Compare the two, to see what is there")]
    public static partial void TargetMoved(this ILogger log, string client, string type, string place, string former);

    [LoggerMessage(238, LogLevel.Warning, "Client {Client} could not trash all objects of {Type} that are no entry's. The first: {Reason}")]
    public static partial void NotTrashed(this ILogger log, string client, string type, string reason);

    [LoggerMessage(
        234,
        LogLevel.Warning,
        "Client {Client}: {Repair} was decided for {Count} rows of the comparison of {Type} ({Digest}) by {Actor}; {Changed} had changed. Reason given: {Reason}")]
    public static partial void Repaired(
        this ILogger log, string client, string type, string digest, string repair, long count, long changed, string actor, string reason);

    [LoggerMessage(230, LogLevel.Error, "Client {Client} failed and tries again in {Delay}: {Reason}")]
    public static partial void FailedForNow(this ILogger log, Exception exception, string client, TimeSpan delay, string reason);

    [LoggerMessage(231, LogLevel.Critical, "Client {Client} cannot go on and stopped: {Reason}")]
    public static partial void FailedForGood(this ILogger log, Exception exception, string client, string reason);
}
