using Hermes.TestSupport.Servers;
using Microsoft.Playwright;

namespace Hermes.Dashboard.Tests;

/// <summary>Debian's Chromium, driven as by a person.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    Task IAsyncLifetime.InitializeAsync() => Task.CompletedTask;

    /// <summary>A window without a past.</summary>
    /// <param name="root">The root of the dashboard.</param>
    /// <param name="options">What the window is like.</param>
    public async Task<IBrowserContext> OpenAsync(Uri root, BrowserNewContextOptions? options = null)
    {
        if (_browser is null)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = ServerSoftware.Program("chromium", "chromium"),
                Args = ["--no-sandbox"],
            });
        }

        options ??= new BrowserNewContextOptions();
        options.BaseURL = root.AbsoluteUri;
        return await _browser.NewContextAsync(options);
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
