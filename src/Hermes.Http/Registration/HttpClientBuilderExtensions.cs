using Hermes.Abstractions.Templates;
using Hermes.Http.Rest;
using Hermes.Http.Scim;
using Hermes.Http.Webhook;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Web services as targets of a client.</summary>
public static class HttpClientBuilderExtensions
{
    /// <summary>Applies changes to a SCIM 2.0 service.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">Sets the options; what is wrong in them is reported when the client starts.</param>
    public static IHermesClientBuilder ToScim(this IHermesClientBuilder builder, Action<ScimTargetOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.UseTarget(services =>
        {
            var options = new ScimTargetOptions();
            configure(options);
            PartOptions.ThrowIfAny(
            [
                .. PartOptions.Errors("Target", options),
                .. TypeSettings.Errors("Target:Resources", options.Resources),
                .. TypeSettings.Errors("Target:Memberships", options.Memberships),
            ]);
            return Make(services, options);
        });
    }

    /// <summary>Tells a receiver of each change by a signed POST (Standard Webhooks).</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">Sets the options; what is wrong in them is reported when the client starts.</param>
    public static IHermesClientBuilder ToWebhook(this IHermesClientBuilder builder, Action<WebhookTargetOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.UseTarget(services => Make(services, PartOptions.Make("Target", configure)));
    }

    /// <summary>Applies changes to a web service, by requests that the settings describe.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">Sets the options; what is wrong in them is reported when the client starts.</param>
    public static IHermesClientBuilder ToRest(this IHermesClientBuilder builder, Action<RestTargetOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        return builder.UseTarget(services =>
        {
            var options = new RestTargetOptions();
            configure(options);
            PartOptions.ThrowIfAny([.. PartOptions.Errors("Target", options), .. TypeSettings.Errors("Target:Resources", options.Resources)]);
            return Make(services, options);
        });
    }

    /// <summary>Lets the configuration name the kinds <c>Scim</c>, <c>Rest</c> and <c>Webhook</c> for the target.</summary>
    public static IHermesClientBuilder AddHttpKinds(this IHermesClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder
            .AddTargetKind("Scim", settings =>
            {
                var reader = new TypeSettings(settings);
                var options = reader.Target<ScimTargetOptions>();
                reader.Types(nameof(options.Resources), options.Resources);
                reader.Types(nameof(options.Memberships), options.Memberships);
                reader.ThrowIfWrong();
                return Make(settings.Services, options);
            })
            .AddTargetKind("Rest", settings =>
            {
                var reader = new TypeSettings(settings);
                var options = reader.Target<RestTargetOptions>();
                reader.Types(nameof(options.Resources), options.Resources);
                reader.ThrowIfWrong();
                return Make(settings.Services, options);
            })
            .AddTargetKind("Webhook", settings =>
            {
                var reader = new TypeSettings(settings);
                var options = reader.Target<WebhookTargetOptions>();
                reader.Types(nameof(options.Types), options.Types);
                reader.ThrowIfWrong();
                return Make(settings.Services, options);
            });
    }

    private static ScimTarget Make(IServiceProvider services, ScimTargetOptions options) =>
        new(options, services.GetService<TimeProvider>(), services.GetService<ILogger<ScimTarget>>());

    private static RestTarget Make(IServiceProvider services, RestTargetOptions options) =>
        new(options, services.GetRequiredService<ITemplateEngine>(), services.GetService<TimeProvider>(), services.GetService<ILogger<RestTarget>>());

    private static WebhookTarget Make(IServiceProvider services, WebhookTargetOptions options) =>
        new(options, services.GetService<TimeProvider>(), services.GetService<ILogger<WebhookTarget>>());
}
