using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.Mapping;

/// <summary>A filter that asks something outside: it may fail for a while, and says something else each time.</summary>
public sealed class LookupFilter : IAttributeFilter
{
    private int _calls;

    public string Name => "lookup";

    public bool IsFailing { get; set; }

    public Value Apply(Value input, FilterArguments arguments) => IsFailing
        ? throw new ArgumentException("nobody answers")
        : $"{input}-{++_calls}";
}

public static class LookupFilterExtensions
{
    public static IHermesClientBuilder With(this IHermesClientBuilder client, LookupFilter filter)
    {
        client.Services.AddSingleton<IAttributeFilter>(filter);
        return client;
    }
}
