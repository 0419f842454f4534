/** @file Where the page begins. */
import './theme/base.css'
import { mount } from 'svelte'
import App from './App.svelte'
import { network } from './network/network.svelte.ts'
import { picture } from './picture/picture.svelte.ts'

mount(App, { target: document.getElementById('app')! })

// For the curious, and for tests: `await singleshot.network.detect(singleshot.picture.current.image)` in the console.
Object.assign(globalThis, { singleshot: { network, picture } })
