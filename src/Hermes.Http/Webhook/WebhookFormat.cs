namespace Hermes.Http.Webhook;

/// <summary>What the body of a webhook looks like. All are signed in the same way.</summary>
public enum WebhookFormat
{
    /// <summary>An object with <c>type</c> and <c>data</c>, as Standard Webhooks recommends it. Default.</summary>
    Standard,

    /// <summary>A CloudEvent 1.0 as one JSON object (structured mode).</summary>
    CloudEvents,

    /// <summary>A CloudEvent 1.0 whose attributes are headers (binary mode): the body is the data alone.</summary>
    CloudEventsBinary,
}
