// An administrator with the official JavaScript client: makes webhooks and a slash
// command, runs the command, presses the button of its answer, and fills in the
// dialog that opens. The integration that the server calls is at
// MATTERMOST_INTEGRATION; the other variables are those of client.js.
import {api, listen, logIn, post, run, say} from './mattermost.js';

run(async function main() {
    const {MATTERMOST_URL, MATTERMOST_INTEGRATION} = process.env;
    const {me, channel} = await logIn();
    const where = {channel_id: channel.id, team_id: channel.team_id};
    const listener = listen('cookie');
    await listener.heard('hello');

    const hook = await api.createIncomingWebhook({channel_id: channel.id, display_name: 'builds'});
    await fetch(`${MATTERMOST_URL}/hooks/${hook.id}`, {method: 'POST', body: JSON.stringify({text: 'build 7 passed'})});
    const told = post(await listener.heard('posted', (e) => post(e).props.from_webhook === 'true'));
    say(`the webhook said ${told.message}`);

    await api.createOutgoingWebhook({...where, display_name: 'pager', trigger_words: ['page'], callback_urls: [`${MATTERMOST_INTEGRATION}/page`]});
    const cry = await api.createPost({channel_id: channel.id, message: 'page bob'});
    const paged = post(await listener.heard('posted', (e) => post(e).root_id === cry.id));
    say(`the outgoing webhook answered ${paged.message}`);

    await api.addCommand({...where, trigger: 'deploy', method: 'P', url: `${MATTERMOST_INTEGRATION}/command`});
    await api.executeCommand('/deploy prod', where);
    const ask = post(await listener.heard('posted', (e) => post(e).props.attachments));
    say(`the command answered ${ask.message}`);

    await api.doPostAction(ask.id, ask.props.attachments[0].actions[0].id);
    const opened = JSON.parse((await listener.heard('open_dialog')).data.dialog);
    say(`the button opened ${opened.dialog.title}`);
    const updated = post(await listener.heard('post_edited', (e) => post(e).id === ask.id));
    say(`the message is now ${updated.message}`);

    const {url, dialog: {callback_id, state}} = opened;
    const filled = (reason) => ({url, callback_id, state, user_id: me.id, ...where, submission: {reason}, cancelled: false});
    const refused = await api.submitInteractiveDialog(filled('because'));
    say(`the dialog was refused: ${refused.errors.reason}`);
    const taken = await api.submitInteractiveDialog(filled('release 1.4'));
    say(taken.errors || taken.error ? 'the dialog was refused again' : 'the dialog was taken');
    listener.socket.close();
});
