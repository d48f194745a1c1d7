using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.Hosting;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Targets;
using Hermes.Runtime.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Declares what a Hermes client does.</summary>
public static class HermesClientBuilderExtensions
{
    /// <summary>Adds a data type of the client.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="name">The name of the type.</param>
    /// <param name="declare">Says which type of the server feeds it, and maps its attributes.</param>
    public static IHermesClientBuilder DataType(this IHermesClientBuilder builder, string name, Action<ClientTypeBuilder> declare)
    {
        ArgumentNullException.ThrowIfNull(declare);
        return builder.Configure(options =>
        {
            var type = new ClientTypeOptions { Name = name };
            declare(new ClientTypeBuilder(type));
            options.DataTypes.Add(type);
        });
    }

    /// <summary>Changes settings of the client.</summary>
    public static IHermesClientBuilder Configure(this IHermesClientBuilder builder, Action<ClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        ClientRegistration.Of(builder).Configure.Add(configure);
        return builder;
    }

    /// <summary>Keeps the state of the client in this store.</summary>
    public static IHermesClientBuilder UseState(this IHermesClientBuilder builder, Func<IServiceProvider, IClientStateStore> create)
    {
        ClientRegistration.Of(builder).State.Give(create);
        return builder;
    }

    /// <summary>Lets the configuration name this kind of state: <c>"State": { "Kind": "..." }</c>.</summary>
    public static IHermesClientBuilder AddStateKind(this IHermesClientBuilder builder, string kind, Func<PartSettings, IClientStateStore> create)
    {
        ClientRegistration.Of(builder).State.Kinds.Add(kind, create);
        return builder;
    }

    /// <summary>
    /// Gives the changes of one data type to a handler of typed records. The handlers of a client together are its target; what of the
    /// record cannot be bound to the data type is an error at start.
    /// </summary>
    /// <param name="builder">The client.</param>
    /// <param name="type">The data type.</param>
    /// <param name="create">Makes the handler.</param>
    public static IHermesClientBuilder Handle<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties)] TRecord>(
        this IHermesClientBuilder builder, string type, Func<IServiceProvider, ITargetHandler<TRecord>> create)
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(create);
        ClientRegistration.Of(builder).Handlers.Add(services => new TypedHandler<TRecord>(type, create(services)));
        return builder;
    }

    /// <inheritdoc cref="Handle{TRecord}(IHermesClientBuilder, string, Func{IServiceProvider, ITargetHandler{TRecord}})"/>
    public static IHermesClientBuilder Handle<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.PublicProperties)] TRecord>(
        this IHermesClientBuilder builder, string type, ITargetHandler<TRecord> handler)
        where TRecord : class => builder.Handle(type, _ => handler);
}
