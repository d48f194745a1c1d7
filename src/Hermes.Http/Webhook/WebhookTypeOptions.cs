namespace Hermes.Http.Webhook;

/// <summary>What a receiver is told of the entries of a data type.</summary>
public sealed class WebhookTypeOptions
{
    /// <summary>The attributes that are told; a change that touches none of them is not. Default: all that are no secrets. A secret one is told only if it is named here.</summary>
    public IList<string> Attributes { get; } = [];
}
